package org.postern.message.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.MessageId;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.EventJson;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.TestTopics;
import org.postern.message.outlet.ToldEvent;

class CloudEventDocumentTest {
    private final MailScanned scanned = TestTopics.scanned(MessageId.random(), 1, ScanVerdict.CLEAN);
    private final EncodedEvent encoded =
            new EventCodec("/scan-service", Clock.systemUTC()).encode(scanned, TraceContext.start());

    @Test
    void anEventIsADocumentOnOneLineWithItsDataAsTheyWere() throws Exception {
        ToldEvent told =
                CloudEventDocument.of(record(encoded.headers(), encoded.json())).orElseThrow();

        JsonNode document = EventJson.mapper().readTree(told.document());
        assertThat(told.id()).isEqualTo(scanned.id());
        assertThat(document.path("specversion").asText()).isEqualTo("1.0");
        assertThat(document.path("id").asText()).isEqualTo(scanned.id().toString());
        assertThat(document.path("source").asText()).isEqualTo("/scan-service");
        assertThat(document.path("type").asText()).isEqualTo("org.postern.mail.scanned.v1");
        assertThat(document.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(document.path("traceparent").asText()).startsWith("00-");
        assertThat(document.path("data")).isEqualTo(EventJson.mapper().readTree(encoded.json()));
    }

    @Test
    void aValueOfManyLinesBecomesOne() throws Exception {
        ToldEvent told = CloudEventDocument.of(record(encoded.headers(), "{\n\t\"a\" : 1,\r\n \"b\":\"\\n\"}\n"))
                .orElseThrow();

        assertThat(told.document()).doesNotContain("\n", "\r").endsWith("\"data\":{\"a\":1,\"b\":\"\\n\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "[]", "1", "{", "{\"a\":1", "{\"a\":1}{\"b\":2}", "{\"a\":1},\"admin\":true", "{\"a\":}"
            })
    void whatIsNotOneObjectIsNoEvent(String value) {
        assertThat(CloudEventDocument.of(record(encoded.headers(), value))).isEmpty();
    }

    @Test
    void whatHasNoIdOrTenantIsNoEvent() {
        assertThat(CloudEventDocument.of(record(Map.of(), encoded.json()))).isEmpty();
        assertThat(CloudEventDocument.of(record(Map.of("ce_id", "x", "ce_tenant", "default"), encoded.json())))
                .isEmpty();
        assertThat(CloudEventDocument.of(new ConsumerRecord<>("mail.scanned.v1", 0, 0, "key", null)))
                .isEmpty();
    }

    private static ConsumerRecord<String, byte[]> record(Map<String, String> headers, String value) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>("mail.scanned.v1", 0, 0, "key", value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
