package org.postern.message.withdrawal;

import java.util.Set;

/** What is done to one mail in a mailbox. */
public sealed interface Edit {
    /** The mail. */
    String email();

    /** It is in these mailboxes and no others from then on; one at least. */
    record Put(String email, Set<String> mailboxes) implements Edit {
        public Put {
            mailboxes = Set.copyOf(mailboxes);
        }
    }

    /** It has the keyword, or has it no longer. */
    record Mark(String email, String keyword, boolean present) implements Edit {}
}
