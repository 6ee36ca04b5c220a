package org.postern.message.withdrawal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;

/**
 * Withdraws and restores what is due, in a few mailboxes at once. What is in hand when the process dies is tried again when
 * its lease is over. A server that does nothing for anybody is left alone for longer and longer.
 */
public final class WorkThroughMailboxes {
    private static final Duration LEASE = Duration.ofMinutes(15);
    /** The longest pause a server may ask for. */
    private static final Duration MOST_ASKED = Duration.ofHours(6);

    private final Withdrawals withdrawals;
    private final Mailboxes mailboxes;
    private final Ledger ledger;
    private final WithdrawCopies withdraw;
    private final RestoreCopies restore;
    private final WithdrawalTerms terms;
    private final Consumer<String> went;
    private final Executor executor;
    private final Clock clock;
    private final Semaphore room;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Instant restUntil = Instant.EPOCH;

    /**
     * @param went hears how each try went, by a code
     * @param executor where mailboxes are worked on: a thread each
     */
    public WorkThroughMailboxes(
            Withdrawals withdrawals,
            Mailboxes mailboxes,
            Ledger ledger,
            MessageStore store,
            WithdrawalTerms terms,
            Consumer<String> went,
            Executor executor,
            Clock clock) {
        this.withdrawals = withdrawals;
        this.mailboxes = mailboxes;
        this.ledger = ledger;
        this.withdraw = new WithdrawCopies(withdrawals, store, terms);
        this.restore = new RestoreCopies(withdrawals);
        this.terms = terms;
        this.went = went;
        this.executor = executor;
        this.clock = clock;
        this.room = new Semaphore(terms.atOnce());
    }

    /** Begins with what is due and does not wait for it. */
    public void sweep() {
        // One that failed is asked with a single try; the others begin when it has done well.
        int wanted = failures.get() > 0 ? 1 : terms.atOnce();
        for (int i = terms.atOnce() - room.availablePermits(); i < wanted && room.tryAcquire(); i++) {
            executor.execute(() -> {
                try {
                    workWhileThereIsSome();
                } catch (LedgerUnavailableException e) {
                    // When the lease is over it is due again.
                } finally {
                    room.release();
                }
            });
        }
    }

    private void workWhileThereIsSome() {
        while (!Thread.currentThread().isInterrupted() && !resting(now())) {
            Instant now = now();
            Optional<Withdrawal> next = withdrawals.take(LEASE, now, tooFar(now));
            if (next.isEmpty()) {
                return;
            }
            work(next.get());
        }
    }

    private boolean resting(Instant now) {
        return now.isBefore(restUntil) && !restUntil.isAfter(tooFar(now));
    }

    /** Longer than any pause or lease: what is to wait until after that was told so by a clock that was ahead. */
    private Instant tooFar(Instant now) {
        return now.plus(longer(terms.pauses().longest(), MOST_ASKED)).plus(LEASE);
    }

    private void work(Withdrawal withdrawal) {
        try {
            Optional<MessageRecord> message = ledger.find(withdrawal.tenant(), withdrawal.message());
            if (message.isEmpty()) {
                // It was deleted, and this with it.
                return;
            }
            Mailbox mailbox = mailboxes.open(withdrawal.recipient());
            Optional<Outcome> outcome = withdrawal.goal() == Goal.WITHDRAWN
                    ? withdraw.in(mailbox, withdrawal, message.get().receipt().event())
                    : restore.in(mailbox, withdrawal);
            failures.set(0);
            outcome.ifPresent(how -> ended(withdrawal, how));
        } catch (MailServerException e) {
            failed(withdrawal, e);
        } catch (ObjectMissingException e) {
            settle(withdrawal, Outcome.failed("body-missing"));
        } catch (IOException e) {
            later(withdrawal, "store-unavailable", null, terms.giveUpAfter());
        } catch (LedgerUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            later(withdrawal, "internal", null, terms.giveUpAfter());
            throw e;
        }
    }

    private void ended(Withdrawal withdrawal, Outcome outcome) {
        if (outcome.equals(Outcome.notFound())) {
            later(withdrawal, outcome.code(), null, terms.lookFor());
        } else {
            settle(withdrawal, outcome);
        }
    }

    private void failed(Withdrawal withdrawal, MailServerException e) {
        switch (e.kind()) {
            case NO_MAILBOX -> settle(withdrawal, Outcome.noMailbox());
            case NEVER -> settle(withdrawal, Outcome.failed(e.reason()));
            case CHANGED, MAILBOX -> later(withdrawal, e.reason(), e.after(), terms.giveUpAfter());
            case SERVER -> {
                Duration asked = e.after();
                Duration ours = terms.pauses().after(failures.getAndIncrement());
                restUntil = now().plus(asked == null ? ours : shorter(longer(asked, ours), MOST_ASKED));
                later(withdrawal, e.reason(), asked, terms.giveUpAfter());
            }
        }
    }

    /** Later, if there is a later: after that long it has ended. */
    private void later(Withdrawal withdrawal, String reason, @Nullable Duration asked, Duration most) {
        Duration ours = terms.pauses().after(withdrawal.attempts() - 1);
        Instant due = now().plus(asked == null ? ours : shorter(longer(asked, ours), MOST_ASKED));
        if (!due.isAfter(withdrawal.since().plus(most))) {
            went.accept(reason);
            withdrawals.retry(withdrawal, due, reason, now());
        } else if (reason.equals(Outcome.notFound().code())) {
            settle(withdrawal, Outcome.notFound());
        } else {
            settle(withdrawal, Outcome.failed(reason));
        }
    }

    private void settle(Withdrawal withdrawal, Outcome outcome) {
        went.accept(outcome.code());
        withdrawals.settle(withdrawal, outcome, now());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
