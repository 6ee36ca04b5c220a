package org.postern.message.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.message.Pauses;

/**
 * When a delivery is tried again and how long an endpoint is left alone: pauses that double, of which a random half is
 * taken off, so that what failed together does not come back together.
 *
 * @param first the first pause
 * @param longest the longest pause of our own
 * @param most for how long a delivery is tried
 * @param patience after how many failures in a row an endpoint is left alone
 */
public record DeliverySchedule(Duration first, Duration longest, Duration most, int patience) {
    /** The longest pause an endpoint may ask for. */
    public static final Duration MOST_ASKED = Duration.ofHours(6);

    /** When to try it again; empty where it has to be given up. */
    public Optional<Instant> next(Delivery delivery, DeliveryResult.TryLater answer, Instant now) {
        Duration ours = pause(delivery.attempts() - 1);
        Duration asked = answer.after();
        Duration pause = asked == null || asked.compareTo(ours) < 0 ? ours : shorter(asked, MOST_ASKED);
        Instant next = now.plus(pause);
        return next.isAfter(delivery.since().plus(most)) ? Optional.empty() : Optional.of(next);
    }

    /**
     * Until when an endpoint is left alone.
     *
     * @param before how many failures in a row there were before this one
     */
    public @Nullable Instant rest(int before, DeliveryResult.TryLater answer, Instant now) {
        if (!answer.atEndpoint()) {
            return null;
        }
        int beyond = before + 1 - patience;
        return beyond < 0 ? now : now.plus(pause(beyond));
    }

    private Duration pause(int doublings) {
        return new Pauses(first, longest).after(doublings);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
