package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanResult;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.policy.Facts;

/**
 * What is known and decided about a message.
 *
 * @param state {@code received} or {@code judged}
 * @param revision of the newest judgement; 0 while there is none
 * @param settled whether it rests on definite facts; one that does not is interim
 * @param size of the body in bytes
 * @param scan null while nothing was scanned
 * @param assessment null while nothing was assessed
 * @param recipients what is to be done for each recipient; empty while nothing is decided
 * @param history the judgements, the oldest first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record VerdictDocument(
        MessageId id,
        Tenant tenant,
        String state,
        int revision,
        boolean settled,
        Instant receivedAt,
        Instant deadline,
        long size,
        String sha256,
        @Nullable ScanResult scan,
        @Nullable AssessmentResult assessment,
        List<RecipientJudgement> recipients,
        List<Revision> history) {
    /** One judgement in the history. */
    public record Revision(int revision, boolean settled, Instant at) {}

    static VerdictDocument of(MessageRecord message, Predicate<MailAddress> shown) {
        MailReceived received = message.receipt().event();
        Judgement judgement = message.state().judgement();
        Facts facts = message.state().facts().facts();
        List<RecipientJudgement> recipients = judgement == null ? List.of() : judgement.recipients();
        return new VerdictDocument(
                received.messageId(),
                received.tenant(),
                judgement == null ? "received" : "judged",
                judgement == null ? 0 : judgement.revision(),
                judgement != null && judgement.settled(),
                received.receivedAt(),
                received.deadline(),
                received.object().size(),
                received.object().sha256().hex(),
                facts.scan(),
                facts.assessment(),
                recipients.stream().filter(r -> shown.test(r.recipient())).toList(),
                message.history().stream()
                        .map(past -> new Revision(past.revision(), past.settled(), past.at()))
                        .toList());
    }
}
