package org.postern.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    @RepeatedTest(20)
    void doublesUpToTheLongestAndIsCutByAtMostHalf() {
        Random random = new Random();

        assertThat(backoff.pause(0, random)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(backoff.pause(3, random)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1600));
        assertThat(backoff.pause(1_000_000, random)).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
    }

    @Test
    void refusesPausesThatShrink() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
