package org.postern.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private long now;
    private final Breaker breaker = new Breaker(() -> now);

    @Test
    void it_opens_after_five_failures_in_a_row() {
        fail(4);
        assertThat(breaker.lets()).isTrue();
        breaker.answered();
        fail(5);
        assertThat(breaker.lets()).isFalse();
    }

    @Test
    void after_a_while_one_request_is_let_through_to_see() {
        fail(5);
        now += Duration.ofSeconds(5).toNanos();
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();
        breaker.answered();
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void it_stays_open_where_that_one_fails() {
        fail(5);
        now += Duration.ofSeconds(5).toNanos();
        assertThat(breaker.lets()).isTrue();
        breaker.failed();
        assertThat(breaker.lets()).isFalse();
    }

    @Test
    void a_client_that_goes_away_leaves_the_trial_to_the_next() {
        fail(5);
        now += Duration.ofSeconds(5).toNanos();
        assertThat(breaker.lets()).isTrue();
        breaker.abandoned();
        assertThat(breaker.lets()).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }
}
