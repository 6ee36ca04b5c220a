package org.postern.message.judgement;

import java.util.List;
import org.postern.events.MailAddress;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.Reason;

/** What is to be done for one recipient, and why. */
public record RecipientJudgement(MailAddress recipient, Disposition disposition, List<Reason> reasons) {
    public RecipientJudgement {
        reasons = List.copyOf(reasons);
    }
}
