package org.postern.message.reception;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.TraceContext;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.message.BrokerUnavailableException;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.intake.SmtpMail;
import org.postern.message.intake.TryFingerprint;
import org.postern.message.ledger.Receipt;
import org.postern.message.quarantine.ReleasePasses;
import org.postern.message.quarantine.WatchedBody;
import org.postern.store.MessageStore;

/**
 * Takes a message in from a mail server, which keeps it until it was answered: what is lost here comes again. A message
 * that came before is that message, and has its verdict already.
 */
public final class ReceiveFromMailServer {
    private static final Duration RATE_PERIOD = Duration.ofHours(1);

    private final Acceptance acceptance;
    private final ReceiptAnnouncer announcer;
    private final SmtpTries tries;
    private final ReleasePasses passes;
    private final Clock clock;
    private final IntakeTerms terms;
    private final SmtpTerms smtpTerms;

    /** @param ledger notes an accepted message where it can be read at once; may fail, Kafka has it */
    public ReceiveFromMailServer(
            MessageStore store,
            ReceiptAnnouncer announcer,
            SmtpTries tries,
            ReleasePasses passes,
            Consumer<Receipt> ledger,
            Clock clock,
            IntakeTerms terms,
            SmtpTerms smtpTerms) {
        this.acceptance = new Acceptance(store, ledger, terms.mostBytes());
        this.announcer = announcer;
        this.tries = tries;
        this.passes = passes;
        this.clock = clock;
        this.terms = terms;
        this.smtpTerms = smtpTerms;
    }

    /**
     * Takes a message in and returns when it will not be lost any more.
     *
     * @return its receipt, for a message that came before that of the first time; or that it was released
     * @throws BrokerUnavailableException where the broker does not take it
     * @throws LedgerUnavailableException where it has a pass, and the ledger is away: it cannot be used up then
     * @throws RateExceededException where its sender has sent too much
     * @throws IOException where the body cannot be read or stored, or is too large
     */
    public Reception receive(SmtpMail mail, InputStream body, TraceContext trace) throws IOException {
        WatchedBody watched = new WatchedBody(body, pass -> passes.isOurs(mail.tenant(), pass));
        ObjectReference object = acceptance.store(mail.tenant(), watched);
        boolean kept = false;
        try {
            Optional<ReleasePasses.Pass> pass = watched.claim()
                    .flatMap(claim ->
                            passes.redeem(mail.tenant(), claim, mail.envelope().recipients()));
            if (pass.isPresent()) {
                return new Reception.Released(pass.get().message());
            }
            Receipt receipt = new Receipt(event(mail, object), null, trace);
            Optional<Receipt> earlier = earlier(receipt.event()).filter(this::hasBody);
            if (earlier.isPresent()) {
                // Judged once more: the policy or the lists may have changed.
                acceptance.note(earlier.get());
                return new Reception.Taken(earlier.get(), false);
            }
            announcer.announce(receipt);
            kept = true;
            acceptance.note(receipt);
            return new Reception.Taken(receipt, true);
        } finally {
            if (!kept) {
                acceptance.erase(object);
            }
        }
    }

    /** Forgets messages that came too long ago to come again. */
    public void clearTries(Instant now) {
        tries.forget(now.minus(smtpTerms.retryRetention()));
    }

    private Optional<Receipt> earlier(MailReceived mail) {
        try {
            Instant since = mail.receivedAt().minus(smtpTerms.retryRetention());
            Optional<Receipt> earlier = tries.earlier(mail.tenant(), TryFingerprint.of(mail), since);
            if (earlier.isEmpty()) {
                checkRate(mail);
            }
            return earlier;
        } catch (LedgerUnavailableException e) {
            // Then it is judged when the ledger is back, and found when it comes again.
            return Optional.empty();
        }
    }

    /**
     * A broker that was too slow may have told of a message after all whose body was erased and whose mail server was put off: it
     * can never be judged, and whoever comes again for it is to be.
     */
    private boolean hasBody(Receipt earlier) {
        return acceptance.has(earlier.event().object());
    }

    private void checkRate(MailReceived mail) {
        ContentHash sender = TryFingerprint.sender(mail);
        if (sender == null || smtpTerms.outboundRecipients() == 0) {
            return;
        }
        long sent =
                tries.recipientsSince(mail.tenant(), sender, mail.receivedAt().minus(RATE_PERIOD));
        if (sent + mail.envelope().recipients().size() > smtpTerms.outboundRecipients()) {
            throw new RateExceededException();
        }
    }

    private MailReceived event(SmtpMail mail, ObjectReference object) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new MailReceived(
                MessageId.random(),
                mail.tenant(),
                object,
                mail.envelope(),
                mail.client(),
                MailPath.MILTER,
                now,
                now.plus(terms.deadline()),
                mail.direction(),
                mail.session());
    }
}
