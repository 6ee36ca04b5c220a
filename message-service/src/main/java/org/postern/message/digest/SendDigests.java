package org.postern.message.digest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailReceived;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.EntryFilter;
import org.postern.message.quarantine.Page;
import org.postern.message.quarantine.Quarantine;
import org.postern.store.MessageStore;

/** Tells readers, at the times configured, what was quarantined since they were told last. */
public final class SendDigests {
    private static final int AT_A_TIME = 100;
    private static final int MOST_FAILURES_IN_A_ROW = 5;

    /** What came in right before the time of a letter is judged by then, and is in it. */
    private static final Duration JUDGED_BY_THEN = Duration.ofMinutes(1);

    private final Digests digests;
    private final Quarantine quarantine;
    private final Ledger ledger;
    private final MessageStore store;
    private final DigestLinks links;
    private final Letters letters;
    private final DigestPost post;
    private final DigestTerms terms;
    private final Clock clock;
    private Instant done = Instant.MIN;

    public SendDigests(
            Digests digests,
            Quarantine quarantine,
            Ledger ledger,
            MessageStore store,
            DigestLinks links,
            Letters letters,
            DigestPost post,
            DigestTerms terms,
            Clock clock) {
        this.digests = digests;
        this.quarantine = quarantine;
        this.ledger = ledger;
        this.store = store;
        this.links = links;
        this.letters = letters;
        this.post = post;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Sends what is due. For one thread.
     *
     * @throws DigestUnsentException where the mail server took some of it not now: the rest is sent when this is called again
     */
    public void sweep() throws DigestUnsentException {
        Instant slot = terms.slot(clock.instant().minus(JUDGED_BY_THEN));
        if (terms.domains().isEmpty() || slot.equals(done)) {
            return;
        }
        boolean unsent = false;
        Digests.@Nullable Place last = null;
        do {
            Page<Digests.Reader, Digests.Place> due =
                    digests.due(terms.domains(), slot.minus(terms.lookBack()), slot, last, AT_A_TIME);
            unsent |= !send(due.items(), slot);
            last = due.next();
        } while (last != null);
        if (unsent) {
            throw new DigestUnsentException(null);
        }
        done = slot;
    }

    /**
     * One reader's mailbox that is full does not keep the others waiting; a mail server that is away does.
     *
     * @return whether all were sent
     */
    private boolean send(List<Digests.Reader> due, Instant slot) throws DigestUnsentException {
        boolean all = true;
        int inARow = 0;
        for (Digests.Reader reader : due) {
            byte[] letter = letters.letter(digest(reader, slot), clock.instant());
            try {
                digests.tell(reader, slot, () -> post.send(reader.address(), letter));
                inARow = 0;
            } catch (DigestUnsentException e) {
                all = false;
                if (++inARow == MOST_FAILURES_IN_A_ROW) {
                    throw e;
                }
            }
        }
        return all;
    }

    private Digest digest(Digests.Reader reader, Instant slot) {
        EntryFilter filter = new EntryFilter(
                Disposition.QUARANTINE, reader.address(), null, null, reader.since(), slot, null, false, null);
        Page<Entry, Entry.Position> page = quarantine.search(reader.tenant(), filter, null, terms.most());
        List<HeldMessage> held = page.items().stream()
                .map(entry -> held(reader.tenant(), entry, true))
                .toList();
        return new Digest(reader.address(), terms.languageOf(reader.address()), held, page.next() != null, links.end());
    }

    /** An entry as its reader is told of it. */
    HeldMessage held(Tenant tenant, Entry entry, boolean withLink) {
        Optional<MailReceived> mail =
                ledger.find(tenant, entry.id()).map(MessageRecord::receipt).map(receipt -> receipt.event());
        return new HeldMessage(
                entry.receivedAt(),
                mail.map(received -> received.envelope().from().value()).orElse(entry.senderDomain()),
                mail.map(this::subject).orElse(""),
                HeldMessage.why(entry),
                withLink ? link(tenant, entry) : null);
    }

    private @Nullable String link(Tenant tenant, Entry entry) {
        return terms.releasable().allows(entry)
                ? terms.origin() + "/v1/digest/" + links.write(tenant, entry.id(), entry.recipient())
                : null;
    }

    private String subject(MailReceived mail) {
        try (InputStream body = store.open(mail.object())) {
            return letters.subject(body);
        } catch (IOException e) {
            // A digest without a subject is better than none.
            return "";
        }
    }
}
