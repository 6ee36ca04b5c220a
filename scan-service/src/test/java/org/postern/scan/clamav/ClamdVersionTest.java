package org.postern.scan.clamav;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.mail.EngineVersion;

class ClamdVersionTest {
    @Test
    void readsVersionDatabaseAndDate() {
        assertThat(ClamdVersion.of("ClamAV 1.4.6/27800/Mon Oct 13 08:00:00 2025"))
                .isEqualTo(new EngineVersion("clamav", "1.4.6", "27800", Instant.parse("2025-10-13T08:00:00Z")));
    }

    @Test
    void readsADayThatIsPaddedWithABlank() {
        assertThat(ClamdVersion.of("ClamAV 1.4.6/27791/Fri Oct  3 09:26:31 2025")
                        .signaturesAt())
                .isEqualTo("2025-10-03T09:26:31Z");
    }

    @Test
    void readsAVersionWithoutADatabase() {
        assertThat(ClamdVersion.of("ClamAV 1.4.6")).isEqualTo(new EngineVersion("clamav", "1.4.6", null, null));
    }

    @Test
    void leavesOutADateItCannotRead() {
        assertThat(ClamdVersion.of("ClamAV 1.4.6/27800/yesterday"))
                .isEqualTo(new EngineVersion("clamav", "1.4.6", "27800", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UNKNOWN COMMAND", "ClamAV ", "stream: OK"})
    void tellsOnlyTheNameWhereTheReplyIsAnother(String reply) {
        assertThat(ClamdVersion.of(reply)).isEqualTo(EngineVersion.named("clamav"));
    }
}
