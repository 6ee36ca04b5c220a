package org.postern.message.garbage;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postern.events.ObjectId;
import org.postern.store.MessageStore;
import org.postern.store.StoreInventory;
import org.postern.store.StoredObject;

/**
 * Erases what lies in the store and nobody refers to: bodies of processes that died between storing and telling. An object
 * is erased only where it is older than anything that may still be told of it, the database does not refer to it, no
 * record on Kafka names it, and the database, asked once more after that, still does not. Where one of them cannot be
 * asked, nothing is erased.
 */
public final class CollectGarbage {
    private static final int AT_A_TIME = 500;
    private static final int MOST_AT_ONCE = 10_000;

    private final StoreInventory inventory;
    private final MessageStore store;
    private final References database;
    private final References broker;
    private final Duration grace;

    /**
     * @param grace how old an object must be: longer than a body may wait to be told of, which is as long as an
     *     idempotency key is remembered
     */
    public CollectGarbage(
            StoreInventory inventory, MessageStore store, References database, References broker, Duration grace) {
        this.inventory = inventory;
        this.store = store;
        this.database = database;
        this.broker = broker;
        this.grace = grace;
    }

    /**
     * What was done.
     *
     * @param looked how many objects were old enough to be asked about
     * @param erased how many of them nobody referred to
     * @param remains how many had no key any more
     */
    public record Collected(long looked, long erased, long remains) {}

    /**
     * Looks through the store once. Where very much is to be erased the rest is left to the next time.
     *
     * @param now a time that can be believed
     * @throws IOException where the store is away
     * @throws org.postern.message.LedgerUnavailableException where the database or the broker is away
     */
    public Collected run(Instant now) throws IOException {
        Instant before = now.minus(grace);
        Look look = new Look();
        inventory.visit(before, look::at);
        look.ask();
        long erased = look.unknown.isEmpty() ? 0 : erase(look.unknown);
        return new Collected(look.looked, erased, inventory.eraseRemains(before));
    }

    private long erase(List<StoredObject> unknown) throws IOException {
        Set<ObjectId> told = broker.among(ids(unknown));
        List<StoredObject> untold =
                unknown.stream().filter(object -> !told.contains(object.id())).toList();
        long erased = 0;
        for (int i = 0; i < untold.size(); i += AT_A_TIME) {
            List<StoredObject> some = untold.subList(i, Math.min(untold.size(), i + AT_A_TIME));
            Set<ObjectId> known = database.among(ids(some));
            for (StoredObject object : some) {
                if (!known.contains(object.id()) && store.erase(object.tenant(), object.id())) {
                    erased++;
                }
            }
        }
        return erased;
    }

    private static List<ObjectId> ids(List<StoredObject> objects) {
        return objects.stream().map(StoredObject::id).toList();
    }

    /** Asks the database about many objects at a time. */
    private final class Look {
        private final List<StoredObject> waiting = new ArrayList<>();
        private final List<StoredObject> unknown = new ArrayList<>();
        private long looked;

        void at(StoredObject object) {
            if (unknown.size() >= MOST_AT_ONCE) {
                return;
            }
            looked++;
            waiting.add(object);
            if (waiting.size() == AT_A_TIME) {
                ask();
            }
        }

        void ask() {
            if (waiting.isEmpty()) {
                return;
            }
            Set<ObjectId> known = database.among(ids(waiting));
            waiting.stream().filter(object -> !known.contains(object.id())).forEach(unknown::add);
            waiting.clear();
        }
    }
}
