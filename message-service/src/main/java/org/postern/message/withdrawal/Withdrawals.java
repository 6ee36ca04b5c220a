package org.postern.message.withdrawal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailRecalled;
import org.postern.message.quarantine.Actor;

/**
 * What is to be withdrawn or restored, and what was. Every method blocks and throws {@code LedgerUnavailableException} when
 * it is away.
 */
public interface Withdrawals {
    /**
     * Notes that copies are to be withdrawn, once for each recipient and judgement. A message that is deleted has none.
     *
     * @return from how many recipients
     */
    int keep(MailRecalled event, Instant now);

    /**
     * Takes the next that is due and nobody has in hand; another has it when the lease is over.
     *
     * @param tooFar what is due after that, or in hand until then, is due now: it was noted by a clock that was ahead
     */
    Optional<Withdrawal> take(Duration lease, Instant now, Instant tooFar);

    /** The copies that were noted for a recipient. */
    List<Copy> copies(Withdrawal withdrawal);

    /**
     * Notes copies, before they are taken. Where one came from is known from the first time on: it is not noted again.
     *
     * @return whether that is still what is wanted; nothing may be done otherwise
     */
    boolean note(Withdrawal withdrawal, List<Copy> copies);

    /** It has ended, and the trail says so; copies that were given back, or are gone, are forgotten. */
    void settle(Withdrawal withdrawal, Outcome outcome, Instant now);

    /** It is to be tried again. */
    void retry(Withdrawal withdrawal, Instant due, String reason, Instant now);

    /**
     * Asks for another goal: that copies come back, or are taken again, or are looked for once more where that failed.
     *
     * @param wanted folded addresses; null for all
     * @return those whom it is done for
     */
    List<MailAddress> ask(
            Tenant tenant, MessageId message, @Nullable Set<String> wanted, Goal goal, Actor actor, Instant now);

    /** How far it is with a message, by the order of addresses. */
    List<Progress> progress(Tenant tenant, MessageId message);

    /** How many wait. */
    long waiting();

    /**
     * How far it is for one recipient.
     *
     * @param state {@code waiting}, {@code done} or {@code failed}
     * @param outcome how the last try went; null where there was none
     * @param dueAt when it is tried next; null where it is settled
     */
    record Progress(
            MailAddress recipient,
            Goal goal,
            String state,
            @Nullable String outcome,
            int copies,
            int attempts,
            Instant since,
            @Nullable Instant dueAt,
            @Nullable Instant settledAt) {}
}
