package org.postern.spam.rspamd;

import java.util.Locale;
import java.util.Set;
import org.postern.spam.rspamd.RspamdAnswer.Action;

/**
 * Whether an answer is one. Rspamd says "no action" with status 200 to an empty body, to a task that ran out of time and to
 * a mail it skipped; only the presence of its verification rules tells that it did its work.
 */
final class Completeness {
    private static final String TEST_PATTERN = "GTUBE";
    private static final Set<Action> AGAINST = Set.of(Action.REJECT, Action.ADD_HEADER, Action.REWRITE_SUBJECT);

    private Completeness() {}

    /**
     * Requires an answer to be whole.
     *
     * @param clientKnown whether Rspamd was told the client's address, without which it has nothing to say about SPF
     * @throws RspamdException where it is none
     */
    static void require(RspamdAnswer answer, boolean clientKnown) throws RspamdException {
        if (answer.action() == Action.SOFT_REJECT) {
            throw answer.message().toLowerCase(Locale.ROOT).contains("timeout")
                    ? RspamdException.late()
                    : RspamdException.notUnderstood("soft reject");
        }
        if (isTestMail(answer)) {
            return;
        }
        if (answer.skipped()) {
            throw RspamdException.notUnderstood("skipped");
        }
        if (clientKnown && !answer.hasAny("R_SPF_")) {
            throw RspamdException.notUnderstood("no result of SPF");
        }
        if (!answer.hasAny("R_DKIM_") && !answer.has("DKIM_TRACE")) {
            throw RspamdException.notUnderstood("no result of DKIM");
        }
        if (!answer.hasAny("DMARC_")) {
            throw RspamdException.notUnderstood("no result of DMARC");
        }
    }

    /**
     * Whether it is GTUBE, for which Rspamd skips its rules. Only an action against the mail makes that an answer: one of
     * the patterns has Rspamd skip everything and do nothing, which a sender may hope for.
     */
    static boolean isTestMail(RspamdAnswer answer) {
        return answer.has(TEST_PATTERN) && AGAINST.contains(answer.action());
    }
}
