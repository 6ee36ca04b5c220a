package org.postern.message.quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postern.events.ContentHash;
import org.postern.events.MailAddress;
import org.postern.events.ObjectReference;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ReleaseMeans;
import org.postern.message.quarantine.ReleaseFailedException.Why;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;

/** Releases messages that are held. */
public final class ReleaseMail {
    /**
     * Far fewer than there are connections to the database: each holds one while the mail server takes the message, and the
     * mail server asks the milter, which needs another to redeem the pass.
     */
    private static final int MOST_AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore sending = new Semaphore(MOST_AT_ONCE, true);
    private final Quarantine quarantine;
    private final AuditTrail trail;
    private final Reinjection reinjection;
    private final ReleasePasses passes;
    private final MessageStore store;
    private final Clock clock;

    public ReleaseMail(
            Quarantine quarantine,
            AuditTrail trail,
            Reinjection reinjection,
            ReleasePasses passes,
            MessageStore store,
            Clock clock) {
        this.quarantine = quarantine;
        this.trail = trail;
        this.reinjection = reinjection;
        this.passes = passes;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Releases a message to some of its recipients. Who crashes after the mail server took it and before that was noted
     * releases it once more: a mail twice is better than none.
     *
     * @param entries whom to, one at least
     */
    public Released release(MailReceived mail, List<Entry> entries, Actor actor, ReleaseMeans means)
            throws ReleaseFailedException {
        Release release = new Release(mail.messageId(), entries, actor, means, clock.instant());
        try {
            return switch (means) {
                case SMTP -> oneOfFew(release, mail);
                // Whoever asked delivers it.
                case CALLER, UNRECOGNISED -> quarantine.release(release, recipients -> recipients);
            };
        } catch (ReleaseFailedException e) {
            trail.note(Act.on(
                    mail.messageId(),
                    actor,
                    AuditedAct.MESSAGE_RELEASED,
                    AuditOutcome.FAILED,
                    null,
                    e.why().name().toLowerCase(java.util.Locale.ROOT),
                    clock.instant()));
            throw e;
        }
    }

    private Released oneOfFew(Release release, MailReceived mail) throws ReleaseFailedException {
        try {
            if (!sending.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ReleaseFailedException(Why.UNAVAILABLE, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReleaseFailedException(Why.UNAVAILABLE, e);
        }
        try {
            return quarantine.release(release, recipients -> sent(mail, recipients));
        } finally {
            sending.release();
        }
    }

    private List<Entry> sent(MailReceived mail, List<Entry> entries) throws ReleaseFailedException {
        ContentHash below = below(mail.object());
        List<MailAddress> recipients = entries.stream().map(Entry::recipient).toList();
        Set<String> taken = new HashSet<>();
        ReleaseFailedException failure = null;
        for (int i = 0; i < recipients.size(); i += ReleasePasses.MOST_RECIPIENTS) {
            List<MailAddress> some =
                    recipients.subList(i, Math.min(i + ReleasePasses.MOST_RECIPIENTS, recipients.size()));
            try {
                reinjection
                        .send(
                                mail.envelope().from(),
                                some,
                                mail.object(),
                                passes.write(mail.tenant(), mail.messageId(), some, below))
                        .forEach(recipient -> taken.add(recipient.folded()));
            } catch (ReleaseFailedException e) {
                failure = e;
                if (e.why() != Why.REFUSED) {
                    // The others would fare the same; those that were taken are released.
                    break;
                }
            }
        }
        if (taken.isEmpty() && failure != null) {
            throw failure;
        }
        return entries.stream()
                .filter(entry -> taken.contains(entry.recipient().folded()))
                .toList();
    }

    private ContentHash below(ObjectReference body) throws ReleaseFailedException {
        try (InputStream mail = store.open(body)) {
            return ReleasedText.hash(mail);
        } catch (ObjectMissingException e) {
            throw new ReleaseFailedException(Why.BODY_MISSING, e);
        } catch (IOException e) {
            throw new ReleaseFailedException(Why.UNAVAILABLE, e);
        }
    }
}
