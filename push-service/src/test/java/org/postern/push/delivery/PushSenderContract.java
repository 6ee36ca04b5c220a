package org.postern.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.TypeStates;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;

/** What every channel to devices does. */
public interface PushSenderContract {
    /** A secret in the destination that is none. */
    String SECRET = "canary";

    /** What the far side answers to everything from now on. */
    enum Answer {
        TAKEN,
        GONE,
        /** Come again in two minutes. */
        BUSY,
        BROKEN,
        /** Takes the connection and says nothing. */
        SILENT
    }

    /** The sender, whose patience is five seconds at most. */
    PushSender sender();

    /** Where it can push to. */
    Destination device();

    /** What looks like a destination, has {@link #SECRET} in it, and is none. */
    Destination none();

    void answer(Answer answer);

    private SendResult send() {
        return sender().send(subscription(device()), content());
    }

    @Test
    default void whereItCanPushToIsTaken() {
        assertThatCode(() -> sender().check(device())).doesNotThrowAnyException();
        answer(Answer.TAKEN);
        assertThat(send()).isEqualTo(new SendResult.Delivered());
    }

    @Test
    default void whatIsNoDestinationIsRefusedWithoutRepeatingIt() {
        RefusedDestinationException refused =
                catchThrowableOfType(RefusedDestinationException.class, () -> sender().check(none()));
        assertThat(refused.code()).isNotEmpty();
        assertThat(refused.field()).isNotEmpty();
        assertThat(refused.sentence()).isNotEmpty().doesNotContain(SECRET);
    }

    @Test
    default void aDeviceThatIsNoMoreIsGone() {
        answer(Answer.GONE);
        assertThat(send()).isEqualTo(new SendResult.Gone());
    }

    @Test
    default void whoeverAsksToWaitIsTriedThenAndItsHostIsNotInTrouble() {
        answer(Answer.BUSY);
        assertThat(send()).isInstanceOfSatisfying(SendResult.TryLater.class, later -> {
            assertThat(later.after()).isEqualTo(Duration.ofMinutes(2));
            assertThat(later.atHost()).isFalse();
        });
    }

    @Test
    default void aHostThatIsBrokenIsTriedLaterAndLeftAloneWhereItStaysSo() {
        answer(Answer.BROKEN);
        assertThat(send()).isInstanceOfSatisfying(SendResult.TryLater.class, later -> assertThat(later.atHost())
                .isTrue());
    }

    @Test
    default void aHostThatDoesNotAnswerIsNotWaitedForForEver() {
        answer(Answer.SILENT);
        Instant begun = Instant.now();
        assertThat(send()).isInstanceOfSatisfying(SendResult.TryLater.class, later -> assertThat(later.atHost())
                .isTrue());
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    default void whoeverIsInterruptedComesBackAtOnceAndStaysInterrupted() {
        answer(Answer.SILENT);
        Thread.currentThread().interrupt();
        SendResult result = send();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isEqualTo(new SendResult.TryLater("interrupted", null, false));
    }

    /** A subscription there, of an account of its own. */
    static DeviceSubscription subscription(Destination destination) {
        return new DeviceSubscription(
                SubscriptionId.random(),
                Tenant.DEFAULT,
                "owner",
                AccountId.of("account-that-nobody-in-between-must-learn"),
                "device",
                destination,
                "a-name-drawn-before-there-were-keys",
                null,
                Instant.now().plusSeconds(3600),
                true);
    }

    static PushContent content() {
        return new PushContent.StateChange(new TypeStates(Map.of("EmailDelivery", "state1")));
    }
}
