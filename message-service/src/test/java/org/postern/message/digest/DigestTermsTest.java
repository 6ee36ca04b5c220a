package org.postern.message.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.MailAddress;

class DigestTermsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-29T05:59:59Z, 2026-11-28T16:30:00Z",
        "2026-11-29T06:00:00Z, 2026-11-29T06:00:00Z",
        "2026-11-29T16:29:00Z, 2026-11-29T06:00:00Z",
        "2026-11-29T23:30:00Z, 2026-11-29T16:30:00Z",
        // The clocks go forward at 2 o'clock, and back at 3.
        "2026-03-29T05:00:00Z, 2026-03-29T05:00:00Z",
        "2026-10-25T06:00:00Z, 2026-10-25T06:00:00Z"
    })
    void are_due_at_their_times_of_the_day_in_their_zone(Instant now, Instant slot) {
        assertThat(terms("example.org").slot(now)).isEqualTo(slot);
    }

    @Test
    void are_for_the_readers_of_the_domains_that_asked_for_them() {
        DigestTerms terms = terms("example.org", "*.example.fr");

        assertThat(terms.isFor(MailAddress.of("Bob@EXAMPLE.org"))).isTrue();
        assertThat(terms.isFor(MailAddress.of("bob@a.example.fr"))).isTrue();
        assertThat(terms.isFor(MailAddress.of("bob@example.fr"))).isFalse();
        assertThat(terms.isFor(MailAddress.of("bob@sub.example.org"))).isFalse();
        assertThat(terms.isFor(MailAddress.of("bob@badexample.org"))).isFalse();
        assertThat(terms().isFor(MailAddress.of("bob@example.org"))).isFalse();
        assertThat(terms.languageOf(MailAddress.of("bob@example.org"))).isEqualTo(Language.EN);
        assertThat(terms.languageOf(MailAddress.of("bob@a.example.fr"))).isEqualTo(Language.FR);
    }

    private static DigestTerms terms(String... domains) {
        return new DigestTerms(
                List.of(domains),
                "https://postern.example.org",
                List.of(LocalTime.of(7, 0), LocalTime.of(17, 30)),
                ZoneId.of("Europe/Paris"),
                Language.EN,
                Map.of("a.example.fr", Language.FR),
                Releasable.HARMLESS,
                Duration.ofDays(7),
                50);
    }
}
