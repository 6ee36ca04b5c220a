package org.postern.message;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailScanned;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judge;
import org.postern.message.judgement.Judgement;

/**
 * Takes what is told about messages, in any order and any number of times, and judges whatever can be judged. When a
 * method returns, the fact is kept.
 */
public final class CollectFacts {
    private static final int OVERDUE_AT_A_TIME = 200;

    private final Ledger ledger;
    private final Judge judge;
    private final RecipientHashKey hashKey;
    private final Clock clock;

    public CollectFacts(Ledger ledger, Judge judge, RecipientHashKey hashKey, Clock clock) {
        this.ledger = ledger;
        this.judge = judge;
        this.hashKey = hashKey;
        this.clock = clock;
    }

    /** A message was taken in. */
    public void received(Receipt receipt) {
        ledger.change(receipt.event().tenant(), receipt.id(), state -> judged(state.with(receipt)));
    }

    /** A scan ended. */
    public void scanned(MailScanned event) {
        ledger.change(
                event.tenant(),
                event.messageId(),
                state -> collected(state, state.facts().with(event)));
    }

    /** An assessment ended. */
    public void assessed(MailAssessed event) {
        ledger.change(
                event.tenant(),
                event.messageId(),
                state -> collected(state, state.facts().with(event)));
    }

    /** Judges what is not judged at its deadline, with whatever is known. */
    public void judgeOverdue() {
        int changed;
        do {
            changed = ledger.changeOverdue(clock.instant(), OVERDUE_AT_A_TIME, this::judged);
        } while (changed == OVERDUE_AT_A_TIME);
    }

    private Change collected(MessageState state, FactSheet sheet) {
        return sheet.equals(state.facts()) ? new Change(state, List.of()) : judged(state.with(sheet));
    }

    private Change judged(MessageState state) {
        Receipt receipt = state.receipt();
        if (receipt == null) {
            return new Change(state, List.of());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Judgement> due = judge.due(
                receipt.event().envelope().recipients(),
                state.facts(),
                state.judgement(),
                receipt.event().deadline(),
                now);
        return due.map(judgement -> new Change(state.with(judgement), List.of(event(state, judgement))))
                .orElseGet(() -> new Change(state, List.of()));
    }

    private MailJudged event(MessageState state, Judgement judgement) {
        Tenant tenant = state.tenant();
        return new MailJudged(
                state.id(),
                tenant,
                judgement.revision(),
                judgement.settled(),
                judgement.verdict(),
                judgement.mailClass(),
                Outcomes.hashed(hashKey, tenant, judgement.recipients()),
                judgement.at());
    }
}
