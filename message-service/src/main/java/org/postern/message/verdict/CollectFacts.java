package org.postern.message.verdict;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.events.MessageId;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailEvent;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.RecipientOutcome;
import org.postern.message.LatelySeen;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judge;
import org.postern.message.judgement.Judgement;
import org.postern.message.ledger.Change;
import org.postern.message.ledger.HandedOver;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.policy.Lists;

/**
 * Takes what is told about messages, in any order and any number of times, and judges whatever can be judged. When a
 * method returns, the fact is kept.
 */
public final class CollectFacts {
    private static final int OVERDUE_AT_A_TIME = 200;

    /** Far more than are on their way through the broker at once; of more the oldest are kept twice. */
    private static final int RECEIPTS_TO_COME_BACK = 4_096;

    /** No deadline is that far ahead but one that was set while the clock was. */
    private static final Duration TOO_FAR = Duration.ofHours(1);

    private final Ledger ledger;
    private final Judge judge;
    private final Lists lists;
    private final RecipientHashKey hashKey;
    private final Clock clock;
    private final LatelySeen<MessageId> kept = new LatelySeen<>(RECEIPTS_TO_COME_BACK);

    public CollectFacts(Ledger ledger, Judge judge, Lists lists, RecipientHashKey hashKey, Clock clock) {
        this.ledger = ledger;
        this.judge = judge;
        this.lists = lists;
        this.hashKey = hashKey;
        this.clock = clock;
    }

    /** A message was taken in. */
    public void received(Receipt receipt) {
        Lists.Snapshot listed = lists.now();
        ledger.change(receipt.event().tenant(), receipt.id(), state -> judged(state.with(receipt), listed));
        kept.add(receipt.id());
    }

    /** The broker tells that a message was taken in. What was kept when this process took it in is not kept once more. */
    public void told(Receipt receipt) {
        if (!kept.remove(receipt.id())) {
            received(receipt);
        }
    }

    /** A scan ended. */
    public void scanned(MailScanned event) {
        Lists.Snapshot listed = lists.now();
        ledger.change(
                event.tenant(),
                event.messageId(),
                state -> collected(state, state.facts().with(event), listed));
    }

    /** An assessment ended. */
    public void assessed(MailAssessed event) {
        Lists.Snapshot listed = lists.now();
        ledger.change(
                event.tenant(),
                event.messageId(),
                state -> collected(state, state.facts().with(event), listed));
    }

    /** Judges what is not judged at its deadline, with whatever is known; how many there were. */
    public int judgeOverdue() {
        Lists.Snapshot listed = lists.now();
        int all = 0;
        int changed;
        do {
            Instant now = clock.instant();
            changed = ledger.changeOverdue(
                    now, now.plus(TOO_FAR), OVERDUE_AT_A_TIME, state -> judged(state, listed, Instant.MIN));
            all += changed;
        } while (changed == OVERDUE_AT_A_TIME);
        return all;
    }

    private Change collected(MessageState state, FactSheet sheet, Lists.Snapshot listed) {
        return sheet.equals(state.facts()) ? new Change(state, List.of()) : judged(state.with(sheet), listed);
    }

    private Change judged(MessageState state, Lists.Snapshot listed) {
        Receipt receipt = state.receipt();
        return receipt == null
                ? new Change(state, List.of())
                : judged(state, listed, receipt.event().deadline());
    }

    private Change judged(MessageState state, Lists.Snapshot listed, Instant deadline) {
        Receipt receipt = state.receipt();
        if (receipt == null) {
            return new Change(state, List.of());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Judgement> due = judge.due(
                receipt.event().envelope().recipients(),
                state.facts().facts(receipt.circumstances(listed)),
                state.judgement(),
                deadline,
                now);
        return due.map(judgement -> new Change(state.with(judgement), announced(state, judgement)))
                .orElseGet(() -> new Change(state, List.of()));
    }

    private List<MailEvent> announced(MessageState state, Judgement next) {
        List<MailEvent> events = new ArrayList<>(List.of(event(state, next)));
        HandedOver last = state.handedOver();
        if (last != null) {
            List<RecipientOutcome> answered = last.answered() == null
                    ? Outcomes.hashed(hashKey, state.tenant(), last.judgement().recipients())
                    : last.answered();
            Recall.of(state, last.judgement(), answered, state.judgement(), next, next.at())
                    .ifPresent(events::add);
        }
        return events;
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
