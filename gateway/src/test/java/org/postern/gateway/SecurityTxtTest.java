package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SecurityTxtTest {
    @Test
    void it_names_a_contact_and_expires_within_a_year() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);
        assertThat(new SecurityTxt("mailto:security@postern.example", "en, fr", clock).text())
                .isEqualTo("Contact: mailto:security@postern.example\nExpires: 2027-01-30T00:00:00Z\n"
                        + "Preferred-Languages: en, fr\n");
    }
}
