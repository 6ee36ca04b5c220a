package org.postern.message.desk;

import java.util.List;
import org.postern.message.judgement.RecipientJudgement;

/** What a mail server is told about a message at its end. */
public sealed interface SmtpAnswer {
    /**
     * Taken, and delivered to some or all.
     *
     * @param delivered whom it is delivered to; not empty
     * @param withheld whom it is taken away from
     */
    record Deliver(List<RecipientJudgement> delivered, List<RecipientJudgement> withheld) implements SmtpAnswer {
        public Deliver {
            delivered = List.copyOf(delivered);
            withheld = List.copyOf(withheld);
        }
    }

    /**
     * Taken, and delivered to nobody: it stays in our quarantine, or in the mail server's.
     *
     * @param withheld everybody it was for
     * @param hold whether the mail server keeps it
     */
    record Keep(List<RecipientJudgement> withheld, boolean hold) implements SmtpAnswer {
        public Keep {
            withheld = List.copyOf(withheld);
        }
    }

    /** Refused for good, with the reason of the first recipient. */
    record Refuse(List<RecipientJudgement> refused) implements SmtpAnswer {
        public Refuse {
            refused = List.copyOf(refused);
        }
    }

    /** Not now: the sender comes again. */
    record ComeAgain() implements SmtpAnswer {}
}
