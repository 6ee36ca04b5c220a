package org.postern.message.verdict;

import java.util.List;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.RecipientOutcome;
import org.postern.message.judgement.RecipientJudgement;

/** What a judgement says about its recipients, without their addresses. */
final class Outcomes {
    private Outcomes() {}

    static List<RecipientOutcome> hashed(RecipientHashKey key, Tenant tenant, List<RecipientJudgement> recipients) {
        return recipients.stream()
                .map(recipient -> new RecipientOutcome(
                        key.hash(tenant, recipient.recipient()), recipient.disposition(), recipient.reasons()))
                .toList();
    }
}
