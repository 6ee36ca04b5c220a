package org.postern.message.dryrun;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.Receipt;
import org.postern.message.policy.Decision;
import org.postern.message.policy.Facts;
import org.postern.message.policy.Lists;
import org.postern.message.policy.Policy;
import org.postern.message.policy.Trial;

/** Tries a policy on messages that were judged, and changes nothing. */
public final class TryPolicy {
    private static final int MOST_EXAMPLES = 50;

    private final PastMessages past;
    private final Lists lists;

    public TryPolicy(PastMessages past, Lists lists) {
        this.past = past;
        this.lists = lists;
    }

    /**
     * What a policy would have done.
     *
     * @param messages how many were tried
     * @param recipients how many recipients they have
     * @param changed for how many of them it would say something else
     * @param moves how many would go from one disposition to another, by {@code from -> to}
     * @param examples the newest of them, 50 at most
     */
    public record Difference(
            int messages, int recipients, int changed, Map<String, Integer> moves, List<Example> examples) {}

    /**
     * One recipient for whom the policy would say something else.
     *
     * @param rule the rule that would say so; null where none did
     */
    public record Example(
            MessageId id,
            MailAddress recipient,
            Disposition from,
            Disposition to,
            @Nullable String rule) {}

    /**
     * Why one recipient gets what they get.
     *
     * @param disposition what the policy says now
     * @param rule the rule that says so; null where none does
     * @param trials how each rule fared, up to that one
     */
    public record Explanation(
            MailAddress recipient,
            Disposition disposition,
            @Nullable String rule,
            List<Trial> trials) {}

    /** Tries a policy on the newest messages. What stands on the lists now counts. */
    public Difference onNewest(Tenant tenant, Policy policy, int most) {
        Lists.Snapshot listed = lists.now();
        AtomicInteger messages = new AtomicInteger();
        AtomicInteger recipients = new AtomicInteger();
        AtomicInteger changed = new AtomicInteger();
        Map<String, Integer> moves = new TreeMap<>();
        List<Example> examples = new ArrayList<>();
        past.newest(tenant, most, state -> {
            Receipt receipt = state.receipt();
            Judgement judgement = state.judgement();
            if (receipt == null || judgement == null) {
                return;
            }
            messages.incrementAndGet();
            Facts facts = state.facts().facts(receipt.circumstances(listed));
            for (RecipientJudgement before : judgement.recipients()) {
                recipients.incrementAndGet();
                Decision next = policy.decide(facts, before.recipient());
                if (next.disposition() != before.disposition()) {
                    changed.incrementAndGet();
                    moves.merge(
                            before.disposition().word() + " -> "
                                    + next.disposition().word(),
                            1,
                            Integer::sum);
                    if (examples.size() < MOST_EXAMPLES) {
                        examples.add(new Example(
                                state.id(), before.recipient(), before.disposition(), next.disposition(), next.rule()));
                    }
                }
            }
        });
        return new Difference(messages.get(), recipients.get(), changed.get(), moves, examples);
    }

    /** Why the recipients of a message get what they get. */
    public List<Explanation> explain(MessageRecord message, Policy policy) {
        Facts facts = message.state().facts().facts(message.receipt().circumstances(lists.now()));
        return message.receipt().event().envelope().recipients().stream()
                .map(recipient -> {
                    Decision decision = policy.decide(facts, recipient);
                    return new Explanation(
                            recipient, decision.disposition(), decision.rule(), policy.explain(facts, recipient));
                })
                .toList();
    }
}
