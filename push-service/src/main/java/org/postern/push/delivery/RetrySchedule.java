package org.postern.push.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a push is tried again: after a pause that doubles, of which a random half is taken off, so that devices which
 * failed together do not come back together.
 *
 * @param first the first pause
 * @param longest the longest pause of our own; a push service may ask for more, up to {@link #MOST_ASKED}
 * @param most how old a push may become; one that asks a device to verify itself no older than {@link #MOST_ASKING}
 */
public record RetrySchedule(Duration first, Duration longest, Duration most) {
    /** The longest pause a push service may ask for. */
    public static final Duration MOST_ASKED = Duration.ofHours(6);

    /**
     * How long a device is asked to verify itself. Until it has, nobody knows whether it wants to be pushed to: whoever named its
     * endpoint may be somebody else.
     */
    public static final Duration MOST_ASKING = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 30;

    /** When to try a push again, or nothing where it has to be given up. */
    public Optional<Instant> next(DuePush push, SendResult.TryLater answer, Instant now) {
        Instant next = now.plus(pause(push.attempts(), answer));
        return next.isAfter(end(push)) ? Optional.empty() : Optional.of(next);
    }

    /** Whether a push that could not even be tried has become too old. */
    public boolean isOver(DuePush push, Instant now) {
        return now.isAfter(end(push));
    }

    private Instant end(DuePush push) {
        boolean asks = push.content() instanceof PushContent.Verification && most.compareTo(MOST_ASKING) > 0;
        return push.since().plus(asks ? MOST_ASKING : most);
    }

    private Duration pause(int attempts, SendResult.TryLater answer) {
        Duration doubled = first.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        long millis = (doubled.compareTo(longest) > 0 ? longest : doubled).toMillis();
        Duration ours = Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        Duration asked = answer.after();
        if (asked == null || asked.compareTo(ours) < 0) {
            return ours;
        }
        return asked.compareTo(MOST_ASKED) > 0 ? MOST_ASKED : asked;
    }
}
