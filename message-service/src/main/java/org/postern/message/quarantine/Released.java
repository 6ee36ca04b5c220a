package org.postern.message.quarantine;

import java.util.List;
import org.postern.events.EventId;

/**
 * A release that was done.
 *
 * @param recipients to whom; fewer than asked for where the mail server refused some
 * @param again whether it had been done before
 */
public record Released(EventId release, List<Entry> recipients, boolean again) {
    public Released {
        recipients = List.copyOf(recipients);
    }
}
