package org.postern.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.TypeStates;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.VerificationCode;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SendResult.TryLater LATER = new SendResult.TryLater("status-503", null, true);

    private final RetrySchedule schedule =
            new RetrySchedule(Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofHours(24));

    @RepeatedTest(20)
    void thePauseDoublesAndHalfOfItIsLeftToChance() {
        assertThat(schedule.next(push(0, NOW), LATER, NOW).orElseThrow())
                .isBetween(NOW.plusSeconds(1), NOW.plusSeconds(2));
        assertThat(schedule.next(push(3, NOW), LATER, NOW).orElseThrow())
                .isBetween(NOW.plusSeconds(8), NOW.plusSeconds(16));
        assertThat(schedule.next(push(1000, NOW), LATER, NOW).orElseThrow())
                .isBetween(NOW.plusSeconds(900), NOW.plusSeconds(1800));
    }

    @Test
    void aPushServiceMayAskForMoreButNotForever() {
        assertThat(schedule.next(push(0, NOW), new SendResult.TryLater("x", Duration.ofMinutes(10), false), NOW))
                .hasValue(NOW.plusSeconds(600));
        assertThat(schedule.next(push(0, NOW), new SendResult.TryLater("x", Duration.ofDays(300), false), NOW))
                .hasValue(NOW.plus(RetrySchedule.MOST_ASKED));
    }

    @Test
    void aPushThatIsTooOldIsGivenUp() {
        assertThat(schedule.next(push(40, NOW.minus(Duration.ofHours(24))), LATER, NOW))
                .isEmpty();
    }

    @Test
    void whoeverDoesNotVerifyItselfIsNotAskedForLong() {
        PushContent question = new PushContent.Verification(SubscriptionId.random(), VerificationCode.random());
        assertThat(schedule.next(push(question, 5, NOW.minus(Duration.ofMinutes(50))), LATER, NOW))
                .isPresent();
        assertThat(schedule.next(push(question, 5, NOW.minus(Duration.ofMinutes(61))), LATER, NOW))
                .isEmpty();
        assertThat(schedule.isOver(push(question, 5, NOW.minus(Duration.ofMinutes(61))), NOW))
                .isTrue();
    }

    private static DuePush push(int attempts, Instant since) {
        return push(new PushContent.StateChange(new TypeStates(Map.of("Email", "s"))), attempts, since);
    }

    private static DuePush push(PushContent content, int attempts, Instant since) {
        DeviceSubscription subscription = new DeviceSubscription(
                SubscriptionId.random(),
                Tenant.DEFAULT,
                "owner",
                AccountId.of("account"),
                "device",
                new Destination.Firebase("token", null),
                "alias",
                null,
                NOW,
                true);
        return new DuePush(
                subscription,
                content,
                1,
                1,
                attempts,
                since,
                Pace.fresh(new Allowance(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1)),
                false);
    }
}
