package org.postern.message.waiting;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.judgement.Judgement;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;

/** Waits until a message is judged. */
public final class AwaitJudgement {
    private final Ledger ledger;
    private final Waiters waiters;
    private final Duration recheck;

    /**
     * @param recheck how often the ledger is read anyway, for the time in which this process does not hear of judgements:
     *     while it joins its consumer group
     */
    public AwaitJudgement(Ledger ledger, Waiters waiters, Duration recheck) {
        this.ledger = ledger;
        this.waiters = waiters;
        this.recheck = recheck;
    }

    /** The message as soon as it is judged; empty when the time is over, or while the ledger is away. */
    public Optional<MessageRecord> await(Tenant tenant, MessageId id, Duration longest) throws InterruptedException {
        return await(tenant, id, longest, false, judged -> true);
    }

    /**
     * The message as soon as a judgement of it is settled or lets nobody wait, or its newest judgement when the time is
     * over; empty where there is none by then, or while the ledger is away.
     *
     * @param isNew whether it was told of just now: then it is not judged yet, and a call is waited for before the ledger is
     *     read
     */
    public Optional<MessageRecord> awaitDecided(Tenant tenant, MessageId id, Duration longest, boolean isNew)
            throws InterruptedException {
        return await(tenant, id, longest, isNew, judged -> judged.settled() || letsNobodyWait(judged));
    }

    private static boolean letsNobodyWait(Judgement judged) {
        return judged.recipients().stream().noneMatch(recipient -> recipient.disposition() == Disposition.DEFER);
    }

    private Optional<MessageRecord> await(
            Tenant tenant, MessageId id, Duration longest, boolean isNew, Predicate<Judgement> enough)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        try (Waiters.Waiter waiter = waiters.register(id)) {
            if (isNew) {
                waiter.await(Duration.ofNanos(Math.min(longest.toNanos(), recheck.toNanos())));
            }
            while (true) {
                Optional<MessageRecord> judged = judged(tenant, id);
                long left = end - System.nanoTime();
                boolean done = judged.map(message -> message.state().judgement())
                        .filter(enough)
                        .isPresent();
                if (done || left <= 0) {
                    return judged;
                }
                waiter.await(Duration.ofNanos(Math.min(left, recheck.toNanos())));
            }
        }
    }

    private Optional<MessageRecord> judged(Tenant tenant, MessageId id) {
        try {
            return ledger.find(tenant, id).filter(message -> message.state().judgement() != null);
        } catch (LedgerUnavailableException e) {
            // The message is accepted all the same; the client asks for its verdict later.
            return Optional.empty();
        }
    }
}
