package org.postern.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMillis(300);
    private static final Allowance WEB_PUSH =
            new Allowance(1, Duration.ZERO, WINDOW, Duration.ofSeconds(30), Integer.MAX_VALUE);
    private static final Allowance FIREBASE =
            new Allowance(20, Duration.ofMinutes(3), WINDOW, Duration.ofSeconds(30), 4);

    @Test
    void theFirstPushOfADeviceWaitsForNothingButTheWindow() {
        Pace pace = Pace.fresh(WEB_PUSH).sent(WEB_PUSH, NOW);
        assertThat(pace.freeAt()).isEqualTo(NOW.plus(WINDOW));
        assertThat(pace.isSpent(WEB_PUSH)).isFalse();
    }

    @Test
    void theWindowDoublesWhilePushesFollowOneAnotherAndIsShortAgainAfterARest() {
        Pace pace = Pace.fresh(WEB_PUSH).sent(WEB_PUSH, NOW);
        for (int i = 0; i < 4; i++) {
            pace = pace.sent(WEB_PUSH, pace.freeAt());
        }
        assertThat(pace.pause()).isEqualTo(WINDOW.multipliedBy(16));
        for (int i = 0; i < 10; i++) {
            pace = pace.sent(WEB_PUSH, pace.freeAt());
        }
        assertThat(pace.pause()).isEqualTo(Duration.ofSeconds(30));
        assertThat(pace.sent(WEB_PUSH, pace.sentAt().plusSeconds(120)).pause()).isEqualTo(WINDOW);
    }

    @Test
    void aBucketIsEmptyAfterTwentyPushesAndHasOneMoreEveryThreeMinutes() {
        Pace pace = Pace.fresh(FIREBASE);
        for (int i = 0; i < 20; i++) {
            assertThat(pace.isSpent(FIREBASE)).isFalse();
            pace = pace.sent(FIREBASE, NOW);
        }
        assertThat(pace.isSpent(FIREBASE)).isTrue();
        assertThat(pace.freeAt()).isEqualTo(NOW.plus(FIREBASE.refill()));
        Pace next = pace.sent(FIREBASE, pace.freeAt());
        assertThat(next.freeAt()).isEqualTo(NOW.plus(FIREBASE.refill().multipliedBy(2)));
    }

    @Test
    void aDayOfQuietFillsTheBucketAndNoMore() {
        Pace pace = Pace.fresh(FIREBASE).sent(FIREBASE, NOW).sent(FIREBASE, NOW.plus(Duration.ofDays(1)));
        assertThat(pace.tokens()).isEqualTo(19);
    }

    @Test
    void fourSetsOfTypesCollapseAndAFifthDoesNot() {
        Pace pace = Pace.fresh(FIREBASE);
        for (int i = 1; i <= 5; i++) {
            pace = pace.with("topic" + i, FIREBASE);
        }
        assertThat(pace.collapses("topic4")).isTrue();
        assertThat(pace.collapses("topic5")).isFalse();
        assertThat(pace.sent(FIREBASE, NOW).topics()).hasSize(4);
    }
}
