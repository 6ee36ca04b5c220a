package org.postern.message.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postern.events.Tenant;
import org.postern.events.mail.MailReceived;
import org.postern.message.LedgerUnavailableException;

/** The allow and block lists. Every method blocks and throws {@link LedgerUnavailableException} when they are away. */
public interface Lists {
    /** What stands on them now, or stood a moment ago. Not to be called while a connection to the database is held. */
    Snapshot now();

    /** The entries of a tenant, those that have expired too. */
    List<ListEntry> entries(Tenant tenant);

    /**
     * Adds an entry, or replaces the one of the same list about the same thing with the same scope.
     *
     * @return the entry that stands there now
     */
    ListEntry add(Tenant tenant, ListEntry entry);

    /** Takes an entry off. @return the entry; empty where there is none */
    Optional<ListEntry> remove(Tenant tenant, UUID id);

    /**
     * What stands on the lists at a time.
     *
     * @param entries by tenant
     */
    record Snapshot(Map<Tenant, List<ListEntry>> entries, Instant at) {
        /** Nothing. */
        public static final Snapshot EMPTY = new Snapshot(Map.of(), Instant.EPOCH);

        public Snapshot {
            entries = Map.copyOf(entries);
        }

        /** The entries that are about a message. */
        public List<ListHit> about(MailReceived mail) {
            return entries.getOrDefault(mail.tenant(), List.of()).stream()
                    .filter(entry -> entry.holdsAt(at))
                    .filter(entry ->
                            entry.isAbout(mail.envelope().from(), mail.client().ip()))
                    .map(entry -> new ListHit(entry.list(), entry.scope()))
                    .distinct()
                    .toList();
        }
    }
}
