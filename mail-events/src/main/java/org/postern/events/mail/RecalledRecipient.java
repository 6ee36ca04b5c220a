package org.postern.events.mail;

import java.util.List;
import org.postern.events.RecipientHash;

/**
 * One whom a message has to be taken back from.
 *
 * @param recipient the keyed hash of the address
 * @param oldDisposition what was told to be done
 * @param newDisposition what is right now
 * @param reasons why
 */
public record RecalledRecipient(
        RecipientHash recipient, Disposition oldDisposition, Disposition newDisposition, List<Reason> reasons) {
    public RecalledRecipient {
        reasons = List.copyOf(reasons);
    }
}
