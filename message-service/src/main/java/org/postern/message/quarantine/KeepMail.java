package org.postern.message.quarantine;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.Tenant;
import org.postern.events.mail.DeletionCause;
import org.postern.store.MessageStore;
import org.postern.store.StoreException;

/** Keeps messages for as long as they are to be kept, and lets go of them for good then, or when somebody asks for it. */
public final class KeepMail {
    private static final int AT_A_TIME = 200;
    private final Quarantine quarantine;
    private final Erasures erasures;
    private final MessageStore store;
    private final Supplier<Optional<RetentionTerms>> terms;

    /** @param terms the terms as of now; none while nobody knows for sure what time it is */
    public KeepMail(
            Quarantine quarantine, Erasures erasures, MessageStore store, Supplier<Optional<RetentionTerms>> terms) {
        this.quarantine = quarantine;
        this.erasures = erasures;
        this.store = store;
        this.terms = terms;
    }

    /**
     * Deletes a message at somebody's wish. When this returns nobody can find it any more; its keys are destroyed then or,
     * while the store is away, as soon as that is back.
     *
     * @return whether there was one
     */
    public boolean delete(MessageId id, Actor actor) {
        boolean was = quarantine.delete(id, actor, DeletionCause.REQUESTED);
        if (was) {
            erasures.erase(id, 1, this::erase);
        }
        return was;
    }

    /** Deletes what is due, and erases what could not be erased before. */
    public void sweep() {
        Optional<RetentionTerms> now = terms.get();
        now.ifPresent(this::deleteDue);
        while (erasures.erase(null, AT_A_TIME, this::erase) == AT_A_TIME) {
            // There may be more.
        }
        now.ifPresent(erasures::forget);
    }

    private void deleteDue(RetentionTerms now) {
        List<Erasures.Due> due;
        do {
            due = erasures.due(now, AT_A_TIME);
            due.forEach(message ->
                    quarantine.delete(message.id(), Actor.service(message.tenant()), DeletionCause.RETENTION));
        } while (due.size() == AT_A_TIME);
    }

    /**
     * Takes note of what was made of a message and lies in the store, a rendition for instance. What is made of a message that
     * is deleted is erased at once.
     *
     * @throws StoreException where that cannot be done now
     */
    public void derived(Tenant tenant, MessageId id, ObjectId object) throws StoreException {
        if (!erasures.noteDerived(tenant, id, object)) {
            store.erase(tenant, object);
        }
    }

    private void erase(Tenant tenant, List<ObjectId> objects) throws StoreException {
        for (ObjectId object : objects) {
            store.erase(tenant, object);
        }
    }
}
