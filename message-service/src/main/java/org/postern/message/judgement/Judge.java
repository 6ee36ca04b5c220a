package org.postern.message.judgement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.message.policy.Decision;
import org.postern.message.policy.Facts;
import org.postern.message.policy.Policy;

/** Joins facts and policy into judgements, and tells when there is a new one. */
public final class Judge {
    private final Supplier<Policy> policy;

    /** @param policy what decides */
    public Judge(Policy policy) {
        this(() -> policy);
    }

    /** @param policy what decides at the time */
    public Judge(Supplier<Policy> policy) {
        this.policy = policy;
    }

    /**
     * The judgement that is due now, if any. The first is due when every required fact is definite, or at the deadline
     * with whatever is known; a later one as soon as it would say something else.
     *
     * @param current the newest judgement so far; null where there is none
     */
    public Optional<Judgement> due(
            List<MailAddress> recipients, FactSheet sheet, @Nullable Judgement current, Instant deadline, Instant now) {
        return due(recipients, sheet.facts(), current, deadline, now);
    }

    /**
     * The judgement that is due now, if any.
     *
     * @param current the newest judgement so far; null where there is none
     */
    public Optional<Judgement> due(
            List<MailAddress> recipients, Facts facts, @Nullable Judgement current, Instant deadline, Instant now) {
        Policy inForce = policy.get();
        if (current == null && !facts.settled() && now.isBefore(deadline)) {
            return Optional.empty();
        }
        int revision = current == null ? 1 : current.revision() + 1;
        Judgement next = new Judgement(
                revision,
                inForce.settles(facts),
                facts.verdict(),
                facts.mailClass(),
                recipients.stream().map(r -> judged(inForce, facts, r)).toList(),
                now);
        return current != null && next.saysTheSameAs(current) ? Optional.empty() : Optional.of(next);
    }

    private static RecipientJudgement judged(Policy policy, Facts facts, MailAddress recipient) {
        Decision decision = policy.decide(facts, recipient);
        return new RecipientJudgement(recipient, decision.disposition(), List.of(decision.reason()), decision.rule());
    }
}
