package org.postern.edge.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevocationScope;
import org.postern.events.identity.RevokedIdentity;

class RevocationsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final String ISSUER = "https://id.example";

    private final MovingClock clock = new MovingClock();
    private final Revocations revocations = new Revocations(clock);

    @Test
    void nobody_is_refused_whom_nobody_revoked() {
        assertThat(revocations.refuse(token("session", "subject", NOON))).isFalse();
    }

    @Test
    void every_token_of_a_revoked_session_is_refused_and_others_of_the_subject_are_not() {
        revocations.add(session("session"));
        assertThat(revocations.refuse(token("session", "subject", NOON.plusSeconds(60))))
                .isTrue();
        assertThat(revocations.refuse(token("other", "subject", NOON.minusSeconds(60))))
                .isFalse();
    }

    @Test
    void a_revoked_subject_may_log_in_again() {
        revocations.add(subject(NOON, NOON.plus(Duration.ofHours(1))));
        assertThat(revocations.refuse(token("session", "subject", NOON))).isTrue();
        assertThat(revocations.refuse(token("session", "subject", NOON.plusSeconds(1))))
                .isFalse();
    }

    @Test
    void a_token_that_does_not_say_when_it_was_issued_is_refused_with_its_subject() {
        revocations.add(subject(NOON, NOON.plus(Duration.ofHours(1))));
        assertThat(revocations.refuse(TokenIdentities.of("t", ISSUER, null, "subject", null)))
                .isTrue();
    }

    @Test
    void an_older_revocation_that_comes_later_takes_nothing_back() {
        revocations.add(subject(NOON, NOON.plus(Duration.ofHours(1))));
        revocations.add(subject(NOON.minusSeconds(100), NOON.plus(Duration.ofMinutes(1))));
        assertThat(revocations.refuse(token("session", "subject", NOON))).isTrue();
        assertThat(revocations.size()).isEqualTo(1);
    }

    @Test
    void listeners_hear_of_what_is_new_only() {
        List<IdentityRevoked> heard = new ArrayList<>();
        revocations.onRevoked(heard::add);
        revocations.add(session("session"));
        revocations.add(session("session"));
        assertThat(heard).containsExactly(session("session"));
    }

    @Test
    void an_entry_is_forgotten_with_the_last_token_it_is_about() {
        revocations.add(subject(NOON, NOON.plus(Duration.ofHours(1))));
        clock.now = NOON.plus(Duration.ofMinutes(59));
        revocations.forgetExpired();
        assertThat(revocations.size()).isEqualTo(1);
        clock.now = NOON.plus(Duration.ofMinutes(61));
        revocations.forgetExpired();
        assertThat(revocations.size()).isZero();
    }

    @Test
    void what_has_expired_is_not_learnt() {
        clock.now = NOON.plus(Duration.ofHours(2));
        revocations.add(subject(NOON, NOON.plus(Duration.ofHours(1))));
        assertThat(revocations.size()).isZero();
    }

    private static TokenIdentities token(String session, String subject, Instant issuedAt) {
        return TokenIdentities.of("a.b.c", ISSUER, session, subject, issuedAt);
    }

    private static IdentityRevoked session(String sid) {
        Instant expires = NOON.plus(Duration.ofHours(1));
        return new IdentityRevoked(
                Tenant.DEFAULT, RevocationScope.SESSION, RevokedIdentity.session(ISSUER, sid), expires, expires);
    }

    private static IdentityRevoked subject(Instant until, Instant expires) {
        return new IdentityRevoked(
                Tenant.DEFAULT, RevocationScope.SUBJECT, RevokedIdentity.subject(ISSUER, "subject"), until, expires);
    }

    private static final class MovingClock extends Clock {
        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
