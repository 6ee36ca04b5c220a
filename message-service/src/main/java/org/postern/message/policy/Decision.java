package org.postern.message.policy;

import org.jspecify.annotations.Nullable;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.Reason;

/**
 * What is to be done for one recipient, and why.
 *
 * @param rule the name of the rule that says so; null where none did
 */
public record Decision(
        Disposition disposition, Reason reason, @Nullable String rule) {
    /** What no rule decided waits: it is never let through. */
    static final Decision UNDECIDED = new Decision(
            Disposition.DEFER,
            new Reason("undecided", "No rule of the policy decides about a message with these facts."));

    /** A decision that no rule is named for. */
    public Decision(Disposition disposition, Reason reason) {
        this(disposition, reason, null);
    }

    Decision by(String name) {
        return new Decision(disposition, reason, name);
    }

    /** Whether the message reaches the reader. */
    public boolean letsThrough() {
        return switch (disposition) {
            case DELIVER, DELIVER_WITH_WARNING, JUNK -> true;
            case QUARANTINE, REJECT, DEFER -> false;
        };
    }
}
