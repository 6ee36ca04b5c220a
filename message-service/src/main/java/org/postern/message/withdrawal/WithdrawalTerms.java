package org.postern.message.withdrawal;

import java.time.Duration;
import org.postern.message.Pauses;

/**
 * How copies are withdrawn.
 *
 * @param action what is done with them
 * @param keyword what they are flagged with
 * @param lookFor for how long a copy that is not there is looked for: mail may still be on its way
 * @param giveUpAfter for how long a server that does not do it is asked
 * @param pauses between tries
 * @param atOnce in how many mailboxes at once
 */
public record WithdrawalTerms(
        Action action, String keyword, Duration lookFor, Duration giveUpAfter, Pauses pauses, int atOnce) {
    /** What is done with copies. */
    public enum Action {
        /** They are moved to the quarantine mailbox. */
        MOVE,
        /** They are given a keyword, and stay where they are. */
        FLAG
    }
}
