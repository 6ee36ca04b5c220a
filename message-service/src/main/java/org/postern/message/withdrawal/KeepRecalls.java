package org.postern.message.withdrawal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postern.events.mail.MailRecalled;

/** Notes whose copies are to be withdrawn when a message is recalled. */
public final class KeepRecalls {
    private final Withdrawals withdrawals;
    private final boolean enabled;
    private final Duration oldest;
    private final Clock clock;

    /**
     * @param enabled whether copies are withdrawn at all
     * @param oldest a recall that was told longer ago is not acted upon: it was read again, or for the first time by a
     *     service that is new
     */
    public KeepRecalls(Withdrawals withdrawals, boolean enabled, Duration oldest, Clock clock) {
        this.withdrawals = withdrawals;
        this.enabled = enabled;
        this.oldest = oldest;
        this.clock = clock;
    }

    /** A message was recalled. May be told any number of times. */
    public void recalled(MailRecalled event) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (enabled && event.at().isAfter(now.minus(oldest))) {
            withdrawals.keep(event, now);
        }
    }
}
