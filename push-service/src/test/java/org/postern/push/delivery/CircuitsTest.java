package org.postern.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TOOK = Duration.ofMillis(20);
    private static final SendResult AWAY = new SendResult.TryLater("timeout", null, true);
    private static final SendResult BUSY = new SendResult.TryLater("status-429", null, false);
    private static final SendResult TAKEN = new SendResult.Delivered();

    private final Circuits circuits = new Circuits(3, Duration.ofSeconds(5), Duration.ofSeconds(60), 4);

    @Test
    void aHostThatFailsThriceIsLeftAloneAndNoOther() {
        fail("dead", 3, NOW);
        assertThat(circuits.ask("dead", NOW))
                .hasValueSatisfying(until -> assertThat(until).isBetween(NOW.plusSeconds(5), NOW.plusSeconds(11)));
        assertThat(circuits.ask("other", NOW)).isEmpty();
        assertThat(circuits.open(NOW)).isEqualTo(1);
    }

    @Test
    void afterThePauseOnePushAsksAndTheOthersWait() {
        fail("dead", 3, NOW);
        Instant later = NOW.plusSeconds(6);
        assertThat(circuits.ask("dead", later)).isEmpty();
        assertThat(circuits.ask("dead", later)).isPresent();
        circuits.settle("dead", AWAY, TOOK, later);
        assertThat(circuits.ask("dead", later.plusSeconds(9))).isPresent();

        Instant again = later.plusSeconds(11);
        assertThat(circuits.ask("dead", again)).isEmpty();
        circuits.settle("dead", TAKEN, TOOK, again);
        assertThat(circuits.ask("dead", again)).isEmpty();
        assertThat(circuits.ask("dead", again)).isEmpty();
    }

    @Test
    void whatIsWrongWithOneDeviceSaysNothingOfItsHost() {
        for (int i = 0; i < 10; i++) {
            assertThat(circuits.ask("here", NOW)).isEmpty();
            circuits.settle("here", i % 2 == 0 ? BUSY : new SendResult.Gone(), TOOK, NOW);
        }
        assertThat(circuits.open(NOW)).isZero();
    }

    @Test
    void aHostGetsItsShareOfTheRoomAndNoMore() {
        for (int i = 0; i < 4; i++) {
            assertThat(circuits.ask("slow", NOW)).isEmpty();
        }
        assertThat(circuits.ask("slow", NOW)).isPresent();
        circuits.settle("slow", TAKEN, TOOK, NOW);
        assertThat(circuits.ask("slow", NOW)).isEmpty();
    }

    @Test
    void manyHostsThatAnswerSlowlyHaveOneShareTogether() {
        for (int i = 0; i < 8; i++) {
            for (int n = 0; n < 10; n++) {
                assertThat(circuits.ask("slow" + i, NOW)).isEmpty();
                circuits.settle("slow" + i, TAKEN, Duration.ofSeconds(9), NOW);
            }
        }
        for (int i = 0; i < 4; i++) {
            assertThat(circuits.ask("slow" + i, NOW)).isEmpty();
        }

        assertThat(circuits.ask("slow7", NOW)).isPresent();
        assertThat(circuits.ask("quick", NOW)).isEmpty();

        circuits.settle("slow0", TAKEN, Duration.ofSeconds(9), NOW);
        assertThat(circuits.ask("slow7", NOW)).as("there is a place again").isEmpty();
    }

    @Test
    void aHostThatIsQuickAgainIsNoLongerAmongTheSlowOnes() {
        assertThat(circuits.ask("slow", NOW)).isEmpty();
        circuits.settle("slow", TAKEN, Duration.ofMinutes(1), NOW);
        for (int n = 0; n < 30; n++) {
            assertThat(circuits.ask("slow", NOW)).isEmpty();
            circuits.settle("slow", TAKEN, TOOK, NOW);
        }
        for (int i = 0; i < 4; i++) {
            circuits.ask("other", NOW);
            circuits.settle("other", TAKEN, Duration.ofMinutes(1), NOW);
            assertThat(circuits.ask("other", NOW)).isEmpty();
        }
        assertThat(circuits.ask("slow", NOW)).isEmpty();
    }

    @Test
    void thoseWhoWaitForAPlaceGetInLine() {
        for (int i = 0; i < 4; i++) {
            circuits.ask("busy", NOW);
        }
        Instant last = NOW;
        for (int i = 0; i < 100; i++) {
            last = circuits.ask("busy", NOW).orElseThrow();
        }
        // 100 of them, four at once, at a tenth of a second each.
        assertThat(last).isBetween(NOW.plusMillis(2_400), NOW.plusMillis(2_600));
    }

    @Test
    void thePauseDoublesUpToItsLongest() {
        Instant at = NOW;
        fail("dead", 3, at);
        for (int i = 0; i < 8; i++) {
            at = at.plusSeconds(120);
            assertThat(circuits.ask("dead", at)).isEmpty();
            circuits.settle("dead", AWAY, TOOK, at);
        }
        assertThat(circuits.ask("dead", at.plusSeconds(59))).isPresent();
        assertThat(circuits.ask("dead", at.plusSeconds(61))).isEmpty();
    }

    private void fail(String host, int times, Instant at) {
        for (int i = 0; i < times; i++) {
            assertThat(circuits.ask(host, at)).isEmpty();
            circuits.settle(host, AWAY, TOOK, at);
        }
    }
}
