package org.postern.events.mail;

import java.util.List;
import org.postern.events.RecipientHash;

/**
 * What is to be done for one recipient.
 *
 * @param recipient the recipient, without the address
 * @param disposition what is to be done
 * @param reasons why, the weightiest first
 */
public record RecipientOutcome(RecipientHash recipient, Disposition disposition, List<Reason> reasons) {
    public RecipientOutcome {
        reasons = List.copyOf(reasons);
    }
}
