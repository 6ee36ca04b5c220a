package org.postern.message.reception;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.ledger.Receipt;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreException;

/** What every way in begins and ends with: a body that is stored, and stays only where its message is accepted. */
final class Acceptance {
    private final MessageStore store;
    private final Consumer<Receipt> ledger;
    private final long mostBytes;

    Acceptance(MessageStore store, Consumer<Receipt> ledger, long mostBytes) {
        this.store = store;
        this.ledger = ledger;
        this.mostBytes = mostBytes;
    }

    /** Stores a body. @throws IOException where it cannot be read or stored, or is too large */
    ObjectReference store(Tenant tenant, InputStream body) throws IOException {
        return store.put(tenant, body, mostBytes);
    }

    /** Whether a body is there. One that cannot be looked for now is taken to be. */
    boolean has(ObjectReference object) {
        try (InputStream body = store.open(object)) {
            return true;
        } catch (ObjectMissingException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Erases a body whose message is not accepted. */
    void erase(ObjectReference object) {
        try {
            store.erase(object.tenant(), object.id());
        } catch (StoreException e) {
            // Nothing refers to it, and it is encrypted under a key that only its own file has.
        }
    }

    /** Notes an accepted message where it can be read at once. */
    void note(Receipt receipt) {
        try {
            ledger.accept(receipt);
        } catch (LedgerUnavailableException e) {
            // It is noted when this service reads it from Kafka.
        }
    }
}
