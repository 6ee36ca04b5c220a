package org.postern.message.judgement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.Reason;

/**
 * What is to be done for one recipient, and why.
 *
 * @param rule the rule of the policy that says so; null where none did, or it was not noted
 */
public record RecipientJudgement(
        MailAddress recipient,
        Disposition disposition,
        List<Reason> reasons,
        @Nullable String rule) {
    public RecipientJudgement {
        reasons = List.copyOf(reasons);
    }

    /** A judgement without the rule that led to it. */
    public RecipientJudgement(MailAddress recipient, Disposition disposition, List<Reason> reasons) {
        this(recipient, disposition, reasons, null);
    }
}
