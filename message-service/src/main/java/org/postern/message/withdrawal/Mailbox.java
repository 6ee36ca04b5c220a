package org.postern.message.withdrawal;

import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The mailbox of one recipient: an account of a mail server. Every method blocks. */
public interface Mailbox {
    /** The id of the account. */
    String account();

    /**
     * Mails that may be copies of the one that is sought, at most {@value #MOST_CANDIDATES}.
     *
     * @throws MailServerException where there are more, too
     */
    List<Candidate> find(Sought sought) throws MailServerException;

    /** The most mails that are looked at: one who has more that look the same has them from somebody who made them so. */
    int MOST_CANDIDATES = 50;

    /** Writes the octets of a mail; the stream is not closed, and written to by one thread after the other. */
    void read(Candidate candidate, OutputStream to) throws MailServerException;

    /** The id of the mailbox that what is withdrawn goes to; it is made where it is missing. */
    String quarantine() throws MailServerException;

    /** The mailboxes that are there, and which of them is the inbox. */
    Folders folders() throws MailServerException;

    /** Where mails are now. */
    Placement places(Collection<String> emails) throws MailServerException;

    /**
     * Makes edits, if nothing has changed since.
     *
     * @param state the moment they were decided at
     * @return why those were refused that were, by their mails
     * @throws MailServerException of {@link MailServerException.Kind#CHANGED} where something has
     */
    Map<String, String> change(String state, Collection<Edit> edits) throws MailServerException;

    /**
     * The mailboxes of an account.
     *
     * @param inbox the id of the inbox; empty where there is none
     */
    record Folders(Set<String> ids, String inbox) {
        public Folders {
            ids = Set.copyOf(ids);
        }
    }
}
