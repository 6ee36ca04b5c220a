package org.postern.events.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.postern.events.MalformedValueException;
import org.postern.events.Tenant;

class RevokedIdentityTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void a_session_and_a_subject_of_the_same_name_are_two() {
        assertThat(RevokedIdentity.session("i", "x")).isNotEqualTo(RevokedIdentity.subject("i", "x"));
    }

    @Test
    void the_same_name_at_another_issuer_is_somebody_else() {
        assertThat(RevokedIdentity.subject("https://a.example", "x"))
                .isNotEqualTo(RevokedIdentity.subject("https://b.example", "x"));
    }

    @Test
    void a_copy_of_a_token_with_another_signature_is_the_same_token() {
        assertThat(RevokedIdentity.token("head.claims.signature"))
                .isEqualTo(RevokedIdentity.token("head.claims.other"));
        assertThat(RevokedIdentity.token("head.claims.signature"))
                .isNotEqualTo(RevokedIdentity.token("head.more.signature"));
    }

    @Test
    void an_opaque_token_counts_with_all_its_characters() {
        assertThat(RevokedIdentity.token("opaque.1")).isNotEqualTo(RevokedIdentity.token("opaque.2"));
    }

    @Test
    void nothing_of_a_name_is_seen() {
        assertThat(RevokedIdentity.subject("i", "alice@example.org").value())
                .doesNotContain("alice")
                .hasSize(43);
    }

    @Test
    void tokens_issued_after_a_revocation_are_good() {
        IdentityRevoked revoked = new IdentityRevoked(
                Tenant.DEFAULT,
                RevocationScope.SUBJECT,
                RevokedIdentity.subject("i", "x"),
                NOON,
                NOON.plus(Duration.ofHours(1)));
        assertThat(revoked.refuses(NOON)).isTrue();
        assertThat(revoked.refuses(NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void a_revocation_does_not_expire_before_its_tokens() {
        assertThatThrownBy(() -> new IdentityRevoked(
                        Tenant.DEFAULT, RevocationScope.TOKEN, RevokedIdentity.token("x"), NOON, NOON.minusSeconds(1)))
                .isInstanceOf(MalformedValueException.class);
    }
}
