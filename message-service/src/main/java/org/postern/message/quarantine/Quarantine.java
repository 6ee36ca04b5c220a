package org.postern.message.quarantine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.DeletionCause;
import org.postern.events.mail.FeedbackClass;

/**
 * The judged messages, by recipient. Every method blocks and throws {@code LedgerUnavailableException} when it is away.
 */
public interface Quarantine {
    /**
     * Entries, the newest first.
     *
     * @param after where the page begins; null for the newest
     */
    Page<Entry, Entry.Position> search(Tenant tenant, EntryFilter filter, Entry.@Nullable Position after, int most);

    /** The entries of a message, in the order of their addresses. */
    List<Entry> entries(Tenant tenant, MessageId id);

    /** What happened to a message, in the order of time. */
    List<Moment> life(Tenant tenant, MessageId id);

    /**
     * Releases a message once: under the lock of the release the message is handed on, and what is told of it is kept in
     * the same transaction. A release that was done is not done again.
     *
     * @param handOn hands the message on and says to whom it went; what it throws undoes the release
     */
    Released release(Release release, HandOn handOn) throws ReleaseFailedException;

    /**
     * Takes a message and all that is known of it away and notes what is to be erased from the store.
     *
     * @return whether there was one
     */
    boolean delete(MessageId id, Actor actor, DeletionCause cause);

    /** Has a message looked at anew by everybody who gives facts about it. */
    void rescan(MessageId id, Actor actor);

    /** Says what a message is. */
    void feedback(MessageId id, Actor actor, FeedbackClass mailClass);

    /** Hands a message on. */
    @FunctionalInterface
    interface HandOn {
        /** @return the recipients for whom it was taken, one at least */
        List<Entry> to(List<Entry> recipients) throws ReleaseFailedException;
    }
}
