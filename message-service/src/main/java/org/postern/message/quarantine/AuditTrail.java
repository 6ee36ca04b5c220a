package org.postern.message.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/** What was done, by whom. Every method blocks and throws {@code LedgerUnavailableException} when it is away. */
public interface AuditTrail {
    /** Notes an act, and tells of it. */
    void note(Act act);

    /**
     * Acts, the newest first.
     *
     * @param message only those with this message; null for all
     * @param before only those before this place; null for the newest
     */
    Page<Act, Place> read(Tenant tenant, @Nullable MessageId message, @Nullable Place before, int most);

    /** A place in the trail. */
    record Place(Instant at, EventId entry) {}
}
