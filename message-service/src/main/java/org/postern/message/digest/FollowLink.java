package org.postern.message.digest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.ReleaseMeans;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.Quarantine;
import org.postern.message.quarantine.ReleaseFailedException;
import org.postern.message.quarantine.ReleaseMail;

/**
 * Follows a link of a digest. To look changes nothing: what follows every link in a mail is a scanner more often than a
 * reader. To act releases the one message to the one recipient.
 */
public final class FollowLink {
    private final DigestLinks links;
    private final DigestTerms terms;
    private final Quarantine quarantine;
    private final Ledger ledger;
    private final ReleaseMail release;
    private final SendDigests digests;
    private final RecipientHashKey hashKey;

    public FollowLink(
            DigestLinks links,
            DigestTerms terms,
            Quarantine quarantine,
            Ledger ledger,
            ReleaseMail release,
            SendDigests digests,
            RecipientHashKey hashKey) {
        this.links = links;
        this.terms = terms;
        this.quarantine = quarantine;
        this.ledger = ledger;
        this.release = release;
        this.digests = digests;
        this.hashKey = hashKey;
    }

    /**
     * What the reader is shown.
     *
     * @param message what it is about; null where that is not to be told
     */
    public record Seen(
            DigestPage page, Language language, @Nullable HeldMessage message) {}

    /** Shows what the link is for. */
    public Seen look(String token) {
        Found found = find(token);
        return seen(found.page(), found);
    }

    /** Does what the link is for. */
    public Seen act(String token) {
        Found found = find(token);
        return found.page() == DigestPage.ASK ? seen(release(found), found) : seen(found.page(), found);
    }

    private DigestPage release(Found found) {
        Entry entry = found.entry();
        Optional<MessageRecord> message = entry == null ? Optional.empty() : ledger.find(found.tenant(), entry.id());
        if (entry == null || message.isEmpty()) {
            return DigestPage.OVER;
        }
        try {
            boolean again = release.release(
                            message.get().receipt().event(),
                            java.util.List.of(entry),
                            Actor.reader(hashKey, found.tenant(), entry.recipient()),
                            ReleaseMeans.SMTP)
                    .again();
            return again ? DigestPage.RELEASED_BEFORE : DigestPage.RELEASED;
        } catch (ReleaseFailedException e) {
            return switch (e.why()) {
                case UNAVAILABLE -> DigestPage.LATER;
                case REFUSED, NOWHERE -> DigestPage.NOT_POSSIBLE;
                case BODY_MISSING -> DigestPage.OVER;
            };
        }
    }

    private Found find(String token) {
        Optional<DigestLinks.Link> read = links.read(token);
        if (read.isEmpty()) {
            return new Found(DigestPage.INVALID, Tenant.DEFAULT, null);
        }
        DigestLinks.Link link = read.get();
        Tenant tenant = link.tenant();
        if (links.isOver(link)) {
            return new Found(DigestPage.OVER, tenant, null);
        }
        return entry(tenant, link.message(), link)
                .map(entry -> new Found(page(entry), tenant, entry))
                .orElseGet(() -> new Found(DigestPage.OVER, tenant, null));
    }

    private Optional<Entry> entry(Tenant tenant, MessageId id, DigestLinks.Link link) {
        return quarantine.entries(tenant, id).stream()
                .filter(entry -> links.isFor(link, entry.recipient()) && terms.isFor(entry.recipient()))
                .findFirst();
    }

    private DigestPage page(Entry entry) {
        if (entry.releasedAt() != null) {
            return DigestPage.RELEASED_BEFORE;
        }
        return entry.isHeld() && terms.releasable().allows(entry) ? DigestPage.ASK : DigestPage.NOT_POSSIBLE;
    }

    private Seen seen(DigestPage page, Found found) {
        Entry entry = found.entry();
        return entry == null
                ? new Seen(page, terms.language(), null)
                : new Seen(page, terms.languageOf(entry.recipient()), digests.held(found.tenant(), entry, false));
    }

    private record Found(
            DigestPage page, Tenant tenant, @Nullable Entry entry) {}
}
