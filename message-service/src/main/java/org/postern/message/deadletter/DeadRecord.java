package org.postern.message.deadletter;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;

/**
 * A record among the dead letters, without what it says.
 *
 * @param place where it lies
 * @param at when it was put there
 * @param reason why
 * @param tenant whose it is; null where it does not say
 * @param event the id of its event; null where it does not say
 * @param key its key where that is an id of ours; null otherwise: a key of garbage may be anything
 * @param size of its value, in bytes
 * @param fields the names of its fields, where it is JSON
 */
public record DeadRecord(
        Place place,
        Instant at,
        String reason,
        @Nullable Tenant tenant,
        @Nullable String event,
        @Nullable String key,
        long size,
        List<String> fields) {
    public DeadRecord {
        fields = List.copyOf(fields);
    }

    /** Whether an administrator of that tenant may see it. What belongs to nobody belongs to the first tenant. */
    public boolean isOf(Tenant whose) {
        return tenant == null ? whose.equals(Tenant.DEFAULT) : tenant.equals(whose);
    }

    /** A place in a topic of dead letters. */
    public record Place(int partition, long offset) {
        @Override
        public String toString() {
            return partition + "-" + offset;
        }
    }
}
