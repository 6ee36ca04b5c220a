package org.postern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettledClockTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration SETTLING = Duration.ofHours(1);

    private Instant time = START;
    private long nanos = Long.MAX_VALUE - 5;
    private final SettledClock clock = new SettledClock(() -> time, () -> nanos, SETTLING);

    @Test
    void knows_no_time_until_it_has_gone_on_for_long_enough() {
        passes(SETTLING.minusSeconds(1));
        assertThat(clock.now()).isEmpty();

        passes(Duration.ofSeconds(1));
        assertThat(clock.now()).contains(time);
    }

    @Test
    void knows_no_time_after_a_jump_in_either_direction() {
        settles();
        for (Duration jump : new Duration[] {Duration.ofDays(400), Duration.ofDays(-400), Duration.ofMinutes(2)}) {
            jumps(jump);
            assertThat(clock.now()).isEmpty();
            settles();
            assertThat(clock.now()).contains(time);
        }
    }

    @Test
    void a_jump_forth_and_back_again_begins_the_wait_anew() {
        settles();
        jumps(Duration.ofDays(400));
        assertThat(clock.now()).isEmpty();
        passes(Duration.ofMinutes(50));
        assertThat(clock.now()).isEmpty();
        jumps(Duration.ofDays(-400));
        assertThat(clock.now()).isEmpty();
        passes(Duration.ofMinutes(50));
        assertThat(clock.now()).isEmpty();

        passes(Duration.ofMinutes(10));
        assertThat(clock.now()).contains(time);
    }

    @Test
    void a_clock_that_is_slowly_set_right_is_believed() {
        settles();
        for (int i = 0; i < 100; i++) {
            passes(Duration.ofMinutes(15));
            jumps(Duration.ofSeconds(2));
            assertThat(clock.now()).contains(time);
        }
    }

    @Test
    void a_machine_that_slept_has_to_wait() {
        settles();
        // The time that passes does not while it sleeps.
        jumps(Duration.ofDays(3));
        assertThat(clock.now()).isEmpty();
    }

    private void settles() {
        clock.now();
        passes(SETTLING);
        assertThat(clock.now()).isPresent();
    }

    private void passes(Duration duration) {
        jumps(duration);
        nanos += duration.toNanos();
    }

    private void jumps(Duration duration) {
        time = time.plus(duration);
    }
}
