package org.postern.message.quarantine;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postern.events.MailAddress;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ReleaseMeans;

/** Releases messages that are held. */
public final class ReleaseMail {
    private final Quarantine quarantine;
    private final AuditTrail trail;
    private final Reinjection reinjection;
    private final ReleasePasses passes;
    private final Clock clock;

    public ReleaseMail(
            Quarantine quarantine, AuditTrail trail, Reinjection reinjection, ReleasePasses passes, Clock clock) {
        this.quarantine = quarantine;
        this.trail = trail;
        this.reinjection = reinjection;
        this.passes = passes;
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
            return quarantine.release(
                    release,
                    switch (means) {
                        case SMTP -> recipients -> sent(mail, release, recipients);
                        // Whoever asked delivers it.
                        case CALLER, UNRECOGNISED -> recipients -> recipients;
                    });
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

    private List<Entry> sent(MailReceived mail, Release release, List<Entry> entries) throws ReleaseFailedException {
        String pass = passes.write(mail.tenant(), release, mail.object().sha256());
        Set<String> taken = reinjection
                .send(
                        mail.envelope().from(),
                        entries.stream().map(Entry::recipient).toList(),
                        mail.object(),
                        pass)
                .stream()
                .map(MailAddress::folded)
                .collect(Collectors.toSet());
        return entries.stream()
                .filter(entry -> taken.contains(entry.recipient().folded()))
                .toList();
    }
}
