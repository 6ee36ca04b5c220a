package org.postern.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.Event;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;

class EventCodecTest {
    private final EventCodec codec = new EventCodec("/test", Clock.systemUTC());

    @Test
    void a_verdict_nobody_knows_yet_is_inconclusive_and_never_clean() throws Exception {
        String newer = golden("mail.scanned.v1-infected").replace("\"infected\"", "\"quantum-infected\"");
        MailScanned scanned = decode(MailScanned.class, newer);
        assertThat(scanned.result().verdict()).isEqualTo(ScanVerdict.INCONCLUSIVE);
        assertThat(scanned.result().inconclusive()).isEqualTo(InconclusiveCause.UNRECOGNISED);
    }

    @Test
    void a_class_nobody_knows_yet_is_inconclusive_and_never_ham() throws Exception {
        String newer = golden("mail.assessed.v1").replace("\"phishing\"", "\"vishing\"");
        assertThat(decode(MailAssessed.class, newer).result().mailClass()).isEqualTo(MailClass.INCONCLUSIVE);
    }

    @Test
    void a_disposition_nobody_knows_yet_is_defer_and_never_deliver() throws Exception {
        String newer = golden("mail.judged.v1").replace("\"deliver\"", "\"deliver-tomorrow\"");
        assertThat(decode(MailJudged.class, newer).recipients().getFirst().disposition())
                .isEqualTo(Disposition.DEFER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "not json",
                "{\"messageId\":null}",
                "{\"messageId\":\"x\"}",
                "{\"messageId\":\"019abcde-0000-7000-8000-000000000001\",\"tenant\":\"../x\"}"
            })
    void what_is_no_event_says_so_without_quoting_it(String value) {
        assertThatThrownBy(() -> decode(MailReceived.class, value))
                .isInstanceOf(UnreadableEventException.class)
                .hasNoCause();
    }

    @Test
    void an_event_with_a_missing_component_is_unreadable() throws Exception {
        String less = golden("mail.scanned.v1-infected").replaceFirst("\"tenant\"\\s*:\\s*\"default\",", "");
        assertThatThrownBy(() -> decode(MailScanned.class, less)).isInstanceOf(UnreadableEventException.class);
    }

    private <E extends Event> E decode(Class<E> type, String json) throws UnreadableEventException {
        return codec.decode(type, Map.of(), json.getBytes(StandardCharsets.UTF_8))
                .event();
    }

    private static String golden(String name) throws Exception {
        return Files.readString(Path.of("src/test/resources/goldens", name + ".json"));
    }
}
