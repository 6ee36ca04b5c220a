package org.postern.spam;

import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailFeedback;

/** Which word about each mail was learned last, so that one that comes again, or late, does not take its place. */
public interface LearnedWords {
    /**
     * The revision of the word that was learned last; 0 where there is none.
     *
     * @throws DatabaseAwayException where it cannot be told now
     */
    int latest(Tenant tenant, MessageId mail);

    /**
     * Keeps that a word was learned; never one in place of a later one.
     *
     * @throws DatabaseAwayException where it cannot be kept now
     */
    void keep(MailFeedback learned);
}
