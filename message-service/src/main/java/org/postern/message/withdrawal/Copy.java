package org.postern.message.withdrawal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A copy that was taken out of the reader's way, or is about to be.
 *
 * @param account the account on the mail server
 * @param email its id there, which stays the same wherever it is moved (RFC 8621, 4.1.1)
 * @param origins the mailboxes it was in
 * @param target the mailbox it was moved to; null where it was flagged
 * @param keyword the keyword it was given; null where it was moved
 */
public record Copy(
        String account,
        String email,
        Set<String> origins,
        @Nullable String target,
        @Nullable String keyword) {
    public Copy {
        origins = Set.copyOf(origins);
    }

    static Copy moved(String account, Placement.Place place, String target) {
        return new Copy(account, place.email(), place.mailboxes(), target, null);
    }

    static Copy flagged(String account, Placement.Place place, String keyword) {
        return new Copy(account, place.email(), place.mailboxes(), null, keyword);
    }
}
