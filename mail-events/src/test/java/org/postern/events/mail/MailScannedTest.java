package org.postern.events.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

class MailScannedTest {
    private static final MessageId MESSAGE = MessageId.of("0190a0a0-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void theSameScanToldTwiceIsOneEvent() {
        assertThat(scanned(1, "27501").id()).isEqualTo(scanned(1, "27501").id());
        assertThat(scanned(1, null).id()).isEqualTo(scanned(1, null).id());
    }

    @Test
    void aScanThatIsDoneAgainWithOtherSignaturesIsAnotherEventSinceItMaySaySomethingElse() {
        EventId before = scanned(1, "27501").id();

        assertThat(scanned(1, "27502").id()).isNotEqualTo(before);
        assertThat(scanned(1, "27501+9f0c").id()).isNotEqualTo(before);
        assertThat(scanned(1, null).id()).isNotEqualTo(before);
    }

    @Test
    void havingGivenUpIsAnotherEventThanAnAnswer() {
        assertThat(scanned(2, "27501").id()).isNotEqualTo(scanned(1, "27501").id());
    }

    private static MailScanned scanned(int attempt, @Nullable String signatures) {
        EngineVersion engine = new EngineVersion("clamav", "1.4.3", signatures, null);
        ScanResult result = ScanResult.inconclusive(InconclusiveCause.TIMED_OUT, engine, Duration.ZERO);
        return new MailScanned(MESSAGE, Tenant.DEFAULT, attempt, result, AT);
    }
}
