package org.postern.push.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.postern.events.push.PushOutcome;

/**
 * The pushes on their way. A push waits for its device alone: one row a device, in which only the newest state of each
 * type is kept. Every method throws {@link org.postern.push.DatabaseAwayException} where the database is away.
 */
public interface PendingPushes {
    /**
     * Takes pushes that are due, and takes them off the budgets of their devices. Nobody else gets them before the lease is
     * over; one that is not settled by then, because the process died, is due again.
     */
    List<DuePush> take(int most, Duration lease, Instant now);

    /** The device has been told; what was added meanwhile stays, and is due when its budget allows. */
    void delivered(DuePush push, PushOutcome outcome, Instant now);

    /** To be tried again. */
    void retry(DuePush push, Instant due);

    /** Was not even tried: to be tried then, and back on the budget. */
    void postpone(DuePush push, Instant due);

    /** Given up, and kept among the dead letters. */
    void dropped(DuePush push, PushOutcome outcome, String reason, Instant now);

    /** The device is no more: it is forgotten with all that waits for it. */
    void gone(DuePush push, PushOutcome outcome, Instant now);

    /** What waits. */
    Backlog backlog(Instant now);

    /**
     * What waits, of all tenants and channels.
     *
     * @param devices how many devices have not been told something yet
     * @param overdue for how long the oldest push that is due has been; zero where none is
     * @param dead how many pushes were given up and kept
     */
    record Backlog(long devices, Duration overdue, long dead) {}
}
