package org.postern.message.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.config.WithdrawalConfig;
import org.postern.message.ledger.Ledger;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.AuditTrail;
import org.postern.message.withdrawal.Goal;
import org.postern.message.withdrawal.Withdrawals;

/** What may be asked for copies in mailboxes. What is done by it is accounted for when it is done, what is refused here. */
@ApplicationScoped
public class WithdrawalActs {
    private final Withdrawals withdrawals;
    private final Ledger ledger;
    private final AuditTrail trail;
    private final RecipientHashKey hashKey;
    private final Clock clock;
    private final boolean enabled;

    WithdrawalActs(
            Withdrawals withdrawals,
            Ledger ledger,
            AuditTrail trail,
            RecipientHashKey hashKey,
            Clock clock,
            WithdrawalConfig config) {
        this.withdrawals = withdrawals;
        this.ledger = ledger;
        this.trail = trail;
        this.hashKey = hashKey;
        this.clock = clock;
        this.enabled = config.enabled();
    }

    /** How far it is with a message, one for each recipient whose copies were to be withdrawn. */
    public record WithdrawalsDocument(MessageId id, List<WithdrawalDocument> withdrawals) {}

    /**
     * How far it is for one recipient.
     *
     * @param goal {@code withdrawn} or {@code restored}
     * @param state {@code waiting}, {@code done} or {@code failed}
     * @param outcome how the last try went; null where there was none
     * @param copies how many copies are where they were meant to be
     * @param dueAt when it is tried next; null where it is settled
     */
    public record WithdrawalDocument(
            MailAddress recipient,
            String goal,
            String state,
            @Nullable String outcome,
            int copies,
            int attempts,
            Instant since,
            @Nullable Instant dueAt,
            @Nullable Instant settledAt) {}

    WithdrawalsDocument show(Caller caller, MessageId id) {
        requireKnown(caller.tenant(), id);
        return new WithdrawalsDocument(
                id,
                withdrawals.progress(caller.tenant(), id).stream()
                        .map(one -> new WithdrawalDocument(
                                one.recipient(),
                                one.goal().word(),
                                one.state(),
                                one.outcome(),
                                one.copies(),
                                one.attempts(),
                                one.since(),
                                one.dueAt(),
                                one.settledAt()))
                        .toList());
    }

    /** @param wanted folded addresses; null for all */
    WithdrawalsDocument ask(Caller caller, MessageId id, Goal goal, @Nullable Set<String> wanted) {
        Actor actor = Actor.subject(hashKey, caller.tenant(), caller.subject());
        requireKnown(actor.tenant(), id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!enabled) {
            throw refused(
                    actor,
                    id,
                    goal,
                    now,
                    new ProblemException(409, "withdrawal-disabled", "Copies in mailboxes are not touched.")
                            .withNext("Set postern.withdrawal.enabled."));
        }
        if (withdrawals.ask(actor.tenant(), id, wanted, goal, actor, now).isEmpty()) {
            throw refused(
                    actor,
                    id,
                    goal,
                    now,
                    switch (goal) {
                        case WITHDRAWN ->
                            new ProblemException(
                                    409, "nothing-to-withdraw", "It was recalled from nobody, or is withdrawn.");
                        case RESTORED ->
                            new ProblemException(
                                    409, "nothing-to-restore", "It was withdrawn from nobody, or is restored.");
                    });
        }
        return show(caller, id);
    }

    private void requireKnown(Tenant tenant, MessageId id) {
        if (ledger.find(tenant, id).isEmpty()) {
            throw Access.unknown();
        }
    }

    private ProblemException refused(Actor actor, MessageId id, Goal goal, Instant now, ProblemException problem) {
        AuditedAct act =
                switch (goal) {
                    case WITHDRAWN -> AuditedAct.COPIES_WITHDRAWN;
                    case RESTORED -> AuditedAct.COPIES_RESTORED;
                };
        trail.note(Act.on(
                id, actor, act, AuditOutcome.REFUSED, null, problem.problem().code(), now));
        return problem;
    }
}
