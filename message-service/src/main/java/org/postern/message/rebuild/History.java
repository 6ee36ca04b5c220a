package org.postern.message.rebuild;

import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailAudit;
import org.postern.events.mail.MailDeleted;
import org.postern.events.mail.MailFeedback;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailReleased;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.MailScanned;
import org.postern.message.ledger.Receipt;

/**
 * Takes events that were told long ago and keeps what follows from them. What is known already is left alone, so that all
 * of it may be told again, and nothing is announced. Events of one kind after those of another, in the order of the methods
 * here. Each says whether it kept something, blocks, and throws {@code LedgerUnavailableException} when it is away.
 */
public interface History {
    /** A message was deleted: nothing else about it is kept. */
    boolean deleted(MailDeleted event);

    /** A message was received. */
    boolean received(Receipt receipt);

    /** A message was scanned. */
    boolean scanned(MailScanned event);

    /** A message was assessed. */
    boolean assessed(MailAssessed event);

    /** A message was judged. Without its receipt nobody knows whom the judgement is about, and nothing is kept. */
    boolean judged(MailJudged event);

    /** A message was answered for. */
    boolean handedOver(MailHandedOver event);

    /** A message was rendered. */
    boolean rendered(MailRendered event);

    /** A message was released. */
    boolean released(MailReleased event);

    /** Somebody said what a message is. */
    boolean feedback(MailFeedback event);

    /** Somebody did something. Who it was is known by their hash only. */
    boolean audited(MailAudit event);
}
