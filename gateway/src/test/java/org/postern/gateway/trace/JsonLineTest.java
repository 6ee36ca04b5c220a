package org.postern.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void a_line_of_the_access_log_reads_as_it_always_did() {
        String line = new JsonLine()
                .text("time", "2026-11-30T15:00:00.120Z")
                .text("request", "0af7651916cd43dd8448eb211c80319c")
                .text("method", "GET")
                .text("route", "/v1/messages/{id}")
                .number("status", 401)
                .text("reason", "token-expired")
                .number("in", 0)
                .number("out", 231)
                .number("ms", 1)
                .text("protocol", "HTTP_1_1")
                .truth("broken")
                .end();
        assertThat(line)
                .isEqualTo("{\"time\":\"2026-11-30T15:00:00.120Z\",\"request\":\"0af7651916cd43dd8448eb211c80319c\","
                        + "\"method\":\"GET\",\"route\":\"/v1/messages/{id}\",\"status\":401,\"reason\":\"token-expired\","
                        + "\"in\":0,\"out\":231,\"ms\":1,\"protocol\":\"HTTP_1_1\",\"broken\":true}");
    }

    @Test
    void whatever_a_text_holds_it_is_escaped_as_jackson_does() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0xd800));
            }
            Map<String, Object> same = new LinkedHashMap<>();
            same.put("a", text.toString());
            same.put("b", -7L);
            assertThat(new JsonLine().text("a", text.toString()).number("b", -7).end())
                    .isEqualTo(JSON.writeValueAsString(same));
        }
    }

    @Test
    void a_time_is_written_as_java_writes_it() {
        AccessLog log = new AccessLog(Clock.systemUTC());
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            Instant time = Instant.ofEpochSecond(
                    1_790_000_000L + i / 10,
                    random.nextInt(4) == 0 ? i % 3 * 1_000_000L : random.nextInt(1_000_000_000));
            assertThat(log.time(time))
                    .isEqualTo(time.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }
}
