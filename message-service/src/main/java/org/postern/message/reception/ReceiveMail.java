package org.postern.message.reception;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.TraceContext;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.message.BrokerUnavailableException;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.intake.IdempotencyKey;
import org.postern.message.intake.IntakeRequest;
import org.postern.message.intake.Refusal;
import org.postern.message.intake.RefusedRequestException;
import org.postern.message.intake.RequestFingerprint;
import org.postern.message.ledger.Receipt;
import org.postern.store.MessageStore;

/**
 * Takes a message in: first its body is stored, then the broker has it, and only then is it accepted. Whatever happens
 * before that leaves nothing behind that anybody would act on.
 */
public final class ReceiveMail {
    private static final int TRIES = 3;

    private final Acceptance acceptance;
    private final ReceiptAnnouncer announcer;
    private final IntakeKeys keys;
    private final Clock clock;
    private final IntakeTerms terms;

    /** @param ledger notes an accepted message where it can be read at once; may fail, Kafka has it */
    public ReceiveMail(
            MessageStore store,
            ReceiptAnnouncer announcer,
            IntakeKeys keys,
            Consumer<Receipt> ledger,
            Clock clock,
            IntakeTerms terms) {
        this.acceptance = new Acceptance(store, ledger, terms.mostBytes());
        this.announcer = announcer;
        this.keys = keys;
        this.clock = clock;
        this.terms = terms;
    }

    /**
     * Takes a message in and returns when it will not be lost any more.
     *
     * @return its receipt; for a repeated request that of the first
     * @throws RefusedRequestException where its key stood for another request
     * @throws BrokerUnavailableException where the broker does not take it
     * @throws LedgerUnavailableException where it has a key and the keys are away
     * @throws IOException where the body cannot be read or stored, or is too large
     */
    public Receipt receive(Submitter submitter, IntakeRequest request, InputStream body, TraceContext trace)
            throws IOException {
        ObjectReference object = acceptance.store(submitter.tenant(), body);
        Receipt receipt = receipt(submitter, request, object, trace);
        IdempotencyKey key = request.key();
        Receipt accepted = key == null
                ? announced(receipt)
                : announcedOnce(new Reservation(
                        submitter, key, RequestFingerprint.of(request, object.sha256()), receipt, clock.instant()));
        acceptance.note(accepted);
        return accepted;
    }

    /**
     * Gives up what processes that died left behind under keys that nobody used again.
     *
     * @param now a time that can be believed: a body is erased by it
     */
    public void clearKeys(Instant now) {
        for (Receipt orphan : keys.expire(now.minus(terms.keyRetention()))) {
            acceptance.erase(orphan.event().object());
        }
    }

    private Receipt announced(Receipt receipt) {
        try {
            announcer.announce(receipt);
            return receipt;
        } catch (BrokerUnavailableException e) {
            acceptance.erase(receipt.event().object());
            throw e;
        }
    }

    private Receipt announcedOnce(Reservation wanted) {
        ObjectReference ours = wanted.receipt().event().object();
        for (int i = 0; i < TRIES; i++) {
            Reservation held = reserved(wanted);
            boolean first = held.receipt().id().equals(wanted.receipt().id());
            if (!held.fingerprint().equals(wanted.fingerprint())) {
                acceptance.erase(ours);
                throw new RefusedRequestException(
                        Refusal.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key stands for a request with another body, envelope or client.");
            }
            if (told(held, first, ours)) {
                if (!first) {
                    acceptance.erase(ours);
                }
                return held.receipt();
            }
            // Somebody else held the key, could not tell the message and gave the key up: it is ours to try.
        }
        acceptance.erase(ours);
        throw new BrokerUnavailableException(new IllegalStateException("the key was given up again and again"));
    }

    private Reservation reserved(Reservation wanted) {
        try {
            return keys.reserve(wanted, wanted.at().minus(terms.keyRetention()));
        } catch (LedgerUnavailableException e) {
            if (!e.uncertain()) {
                acceptance.erase(wanted.receipt().event().object());
            }
            throw e;
        }
    }

    private boolean told(Reservation held, boolean first, ObjectReference ours) {
        try {
            return keys.tellOnce(held, announcer::announce);
        } catch (BrokerUnavailableException e) {
            acceptance.erase(ours);
            throw e;
        } catch (LedgerUnavailableException e) {
            // A reservation of ours stands, and whoever comes again with the key goes on from it: its body stays.
            if (!first) {
                acceptance.erase(ours);
            }
            throw e;
        }
    }

    private Receipt receipt(Submitter submitter, IntakeRequest request, ObjectReference object, TraceContext trace) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        MailReceived event = new MailReceived(
                MessageId.random(),
                submitter.tenant(),
                object,
                request.envelope(),
                request.client(),
                MailPath.REST,
                now,
                now.plus(terms.deadline()));
        return new Receipt(event, submitter.subject(), trace);
    }
}
