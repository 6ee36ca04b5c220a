package org.postern.message.policy;

import org.postern.events.mail.Disposition;
import org.postern.events.mail.Reason;

/** What is to be done for one recipient, and why. */
public record Decision(Disposition disposition, Reason reason) {
    /** What no rule decided waits: it is never let through. */
    static final Decision UNDECIDED = new Decision(
            Disposition.DEFER,
            new Reason("undecided", "No rule of the policy decides about a message with these facts."));

    /** Whether the message reaches the reader. */
    boolean letsThrough() {
        return switch (disposition) {
            case DELIVER, DELIVER_WITH_WARNING, JUNK -> true;
            case QUARANTINE, REJECT, DEFER -> false;
        };
    }
}
