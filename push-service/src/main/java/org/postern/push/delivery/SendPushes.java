package org.postern.push.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.postern.events.push.PushOutcome;
import org.postern.events.push.PushResult;
import org.postern.push.DatabaseAwayException;

/**
 * Sends what is due. Each push has an attempt of its own: one that fails or is slow neither delays nor repeats another,
 * and a host that is in trouble keeps its own pushes waiting and nobody else's.
 */
public final class SendPushes {
    private final PendingPushes pending;
    private final PushSender sender;
    private final RetrySchedule schedule;
    private final Circuits circuits;
    private final Sends sends;
    private final Executor executor;
    private final Semaphore slots;
    private final int most;
    private final Duration lease;
    private final Clock clock;

    /**
     * @param executor where pushes are sent: a thread each
     * @param most how many are on their way at once
     * @param lease how long a push may take, with room to spare
     */
    public SendPushes(
            PendingPushes pending,
            PushSender sender,
            RetrySchedule schedule,
            Circuits circuits,
            Sends sends,
            Executor executor,
            int most,
            Duration lease,
            Clock clock) {
        this.pending = pending;
        this.sender = sender;
        this.schedule = schedule;
        this.circuits = circuits;
        this.sends = sends;
        this.executor = executor;
        this.slots = new Semaphore(most);
        this.most = most;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * Begins to send what is due, as far as there is room, and does not wait for it.
     *
     * @return how many pushes that were
     */
    public int sweep() {
        int all = 0;
        int taken;
        do {
            int room = Math.min(slots.availablePermits(), most);
            if (room == 0) {
                return all;
            }
            List<DuePush> due = pending.take(room, lease, clock.instant());
            taken = due.size();
            all += taken;
            for (DuePush push : due) {
                // Nobody else takes permits, so there is one for each.
                slots.acquireUninterruptibly();
                executor.execute(() -> {
                    try {
                        send(push);
                    } finally {
                        slots.release();
                    }
                });
            }
        } while (taken > 0);
        return all;
    }

    private void send(DuePush push) {
        String host = push.subscription().destination().host();
        Optional<Instant> wait = circuits.ask(host, clock.instant());
        try {
            if (wait.isPresent()) {
                sends.postponed(push);
                postpone(push, wait.get());
            } else {
                settle(push, attempt(push, host));
            }
        } catch (DatabaseAwayException e) {
            // When the lease is over the push is due again: told twice is better than never.
        }
    }

    private void postpone(DuePush push, Instant until) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (schedule.isOver(push, now)) {
            pending.dropped(push, outcome(push, PushResult.GAVE_UP, now), "host-away", now);
        } else {
            pending.postpone(push, until);
        }
    }

    private SendResult attempt(DuePush push, String host) {
        SendResult result = new SendResult.TryLater("internal", null, false);
        Instant begun = clock.instant();
        try {
            result = sender.send(push.subscription(), push.content());
        } finally {
            Instant now = clock.instant();
            circuits.settle(host, result, Duration.between(begun, now), now);
        }
        sends.sent(push, result);
        return result;
    }

    private void settle(DuePush push, SendResult result) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        switch (result) {
            case SendResult.Delivered delivered ->
                pending.delivered(push, outcome(push, PushResult.DELIVERED, now), now);
            case SendResult.Gone gone -> pending.gone(push, outcome(push, PushResult.GONE, now), now);
            case SendResult.Refused refused ->
                pending.dropped(push, outcome(push, PushResult.REFUSED, now), refused.reason(), now);
            case SendResult.TryLater later -> {
                Optional<Instant> next = schedule.next(push, later, now);
                if (next.isPresent()) {
                    pending.retry(push, next.get());
                } else {
                    pending.dropped(push, outcome(push, PushResult.GAVE_UP, now), later.reason(), now);
                }
            }
        }
    }

    private static PushOutcome outcome(DuePush push, PushResult result, Instant now) {
        return new PushOutcome(
                push.subscription().tenant(),
                push.subscription().account(),
                push.subscription().id().toString(),
                push.id(),
                push.subscription().destination().channel(),
                result,
                now);
    }

    /** Counts sends. */
    public interface Sends {
        /** A push was sent, or could not be. */
        void sent(DuePush push, SendResult result);

        /** A push was not tried, because its host gets no more for now. */
        void postponed(DuePush push);
    }
}
