package org.postern.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AlertnessTest {
    private final AtomicLong now = new AtomicLong(-1);
    private final Alertness alertness = new Alertness(Duration.ofSeconds(2), Duration.ofSeconds(1), now::get);

    @Test
    void everyLookIsWorthItForAMomentAfterTheStart() {
        assertThat(alertness.isWorthLooking()).isTrue();
        passes(Duration.ofMillis(200));
        assertThat(alertness.isWorthLooking()).isTrue();
    }

    @Test
    void withoutAReasonALookIsWorthItNowAndThen() {
        passes(Duration.ofSeconds(10));
        assertThat(alertness.isWorthLooking()).isTrue();
        passes(Duration.ofMillis(999));
        assertThat(alertness.isWorthLooking()).isFalse();
        passes(Duration.ofMillis(1));
        assertThat(alertness.isWorthLooking()).isTrue();
    }

    @Test
    void aReasonMakesTheNextLookWorthIt() {
        passes(Duration.ofSeconds(10));
        assertThat(alertness.isWorthLooking()).isTrue();
        passes(Duration.ofMillis(200));
        assertThat(alertness.isWorthLooking()).isFalse();
        alertness.stir();
        assertThat(alertness.isWorthLooking()).isTrue();
        passes(Duration.ofMillis(200));
        assertThat(alertness.isWorthLooking()).isTrue();
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
