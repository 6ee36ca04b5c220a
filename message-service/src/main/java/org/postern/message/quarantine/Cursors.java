package org.postern.message.quarantine;

import java.time.Instant;
import java.util.Optional;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/** Cursors of the search: a place that is sealed together with whose search it is and what for. */
public final class Cursors {
    private static final int PARTS = 4;
    private final Seal seal;

    /** @param secret the installation's secret, 32 bytes */
    public Cursors(byte[] secret) {
        this.seal = new Seal(secret, "cursor/v1");
    }

    /** The cursor to go on from there. */
    public String write(Tenant tenant, EntryFilter filter, Entry.Position position) {
        return seal.seal(String.join(
                "|",
                position.receivedAt().toString(),
                position.id().toString(),
                Integer.toHexString(scope(tenant, filter).hashCode()),
                position.recipient()));
    }

    /** The place, where the cursor is ours and of this very search. */
    public Optional<Entry.Position> read(Tenant tenant, EntryFilter filter, String cursor) {
        return seal.open(cursor).map(text -> text.split("\\|", PARTS)).flatMap(parts -> {
            boolean ours = parts.length == PARTS
                    && parts[2].equals(Integer.toHexString(scope(tenant, filter).hashCode()));
            return ours
                    ? Optional.of(new Entry.Position(Instant.parse(parts[0]), MessageId.of(parts[1]), parts[3]))
                    : Optional.empty();
        });
    }

    private static String scope(Tenant tenant, EntryFilter filter) {
        return tenant + "\n" + filter.fingerprint();
    }
}
