package org.postern.message.digest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.Tenant;
import org.postern.message.quarantine.Page;

/** Which readers were told of what. Every method blocks and throws {@code LedgerUnavailableException} when it is away. */
public interface Digests {
    /**
     * Looks through some of the readers from whom something is held, in one order whenever they are asked for; those of
     * them who were not told of it are the items of the page.
     *
     * @param domains as in {@link DigestTerms}
     * @param since what was received before is not told of any more
     * @param slot what was received from then on is told of the next time
     * @param after where the page before ended; null for the first
     * @param most how many readers are looked at
     */
    Page<Reader, Place> due(List<String> domains, Instant since, Instant slot, @Nullable Place after, int most);

    /**
     * A reader's place in the order of all.
     *
     * @param recipient the address as it is compared
     */
    record Place(Tenant tenant, String recipient) {}

    /**
     * Tells a reader once, under their lock, and notes it in the same transaction. Nothing is done where another replica
     * has done it or is at it.
     *
     * @param telling tells them; what it throws undoes the note
     */
    void tell(Reader reader, Instant slot, Telling telling) throws DigestUnsentException;

    /**
     * A reader who is to be told.
     *
     * @param since of what: received from then on
     */
    record Reader(Tenant tenant, MailAddress address, Instant since) {}

    /** Tells a reader. */
    @FunctionalInterface
    interface Telling {
        void tell() throws DigestUnsentException;
    }
}
