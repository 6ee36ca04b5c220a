package org.postern.message.rest;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.message.judgement.Judgement;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.quarantine.Entry;

/** Who may see what of a message. What one may not see is not there. */
final class Access {
    private static final Set<Disposition> REACHES_THE_READER =
            Set.of(Disposition.DELIVER, Disposition.DELIVER_WITH_WARNING, Disposition.JUNK);

    private final Ledger ledger;
    private final Entries entries;

    /** @param entries the entries of a message, from the quarantine */
    Access(Ledger ledger, Entries entries) {
        this.ledger = ledger;
        this.entries = entries;
    }

    /** The entries of a message. */
    @FunctionalInterface
    interface Entries {
        List<Entry> of(Tenant tenant, MessageId id);
    }

    static MessageId id(String text) {
        try {
            return MessageId.of(text);
        } catch (MalformedValueException e) {
            throw new ProblemException(400, "message-id-malformed", "A message id is a UUID of 36 characters.")
                    .withField("id");
        }
    }

    /**
     * Recipients that a request names, folded; null where it names none.
     *
     * @throws ProblemException where one is no address
     */
    static @Nullable Set<String> recipients(@Nullable List<String> addresses) {
        if (addresses == null) {
            return null;
        }
        try {
            Set<String> folded = addresses.stream()
                    .map(address -> MailAddress.of(String.valueOf(address)).folded())
                    .collect(Collectors.toSet());
            if (!folded.isEmpty()) {
                return folded;
            }
        } catch (MalformedValueException e) {
            // Said below.
        }
        throw new ProblemException(400, "recipients-malformed", "There must be one mail address at least.")
                .withField("recipients");
    }

    MessageRecord verdict(Caller caller, MessageId id) {
        return ledger.find(caller.tenant(), id)
                .filter(message -> seesAll(caller, message) || readsOwn(caller, message))
                .orElseThrow(Access::unknown);
    }

    /** The message, where the caller may see what is in it. */
    MessageRecord content(Caller caller, MessageId id) {
        MessageRecord message = ledger.find(caller.tenant(), id)
                .filter(m -> caller.has(Role.MAIL_READ_ALL) || readsOwn(caller, m))
                .orElseThrow(Access::unknown);
        if (!caller.has(Role.MAIL_READ_ALL)
                && !reaches(message.state().judgement(), caller.address())
                && !isReleased(caller, id)) {
            throw new ProblemException(
                            403, "rendition-withheld", "The message is not to be delivered, or not judged yet.")
                    .withNext("Ask an administrator to release it.");
        }
        return message;
    }

    /** The message, where the caller may have its bytes, whatever was decided about it. */
    MessageRecord mayOpen(Caller caller, MessageId id) {
        return ledger.find(caller.tenant(), id)
                .filter(m -> caller.has(Role.MAIL_READ_ALL) || readsOwn(caller, m))
                .orElseThrow(Access::unknown);
    }

    /** Which recipients of the message the caller may see. */
    Predicate<MailAddress> shown(Caller caller, MessageRecord message) {
        return seesAll(caller, message) ? recipient -> true : recipient -> isOf(caller.address(), recipient);
    }

    private static boolean seesAll(Caller caller, MessageRecord message) {
        return caller.has(Role.MAIL_READ_ALL)
                || caller.has(Role.MAIL_SUBMIT) && message.wasSubmittedBy(caller.subject());
    }

    private static boolean readsOwn(Caller caller, MessageRecord message) {
        return caller.has(Role.MAIL_READ_OWN) && message.isFor(caller.address());
    }

    private static boolean reaches(@Nullable Judgement judgement, @Nullable MailAddress address) {
        return judgement != null
                && judgement.recipients().stream()
                        .anyMatch(r -> isOf(address, r.recipient()) && REACHES_THE_READER.contains(r.disposition()));
    }

    private boolean isReleased(Caller caller, MessageId id) {
        return entries.of(caller.tenant(), id).stream()
                .anyMatch(entry -> entry.releasedAt() != null && isOf(caller.address(), entry.recipient()));
    }

    private static boolean isOf(@Nullable MailAddress address, MailAddress recipient) {
        return address != null && address.folded().equals(recipient.folded());
    }

    static ProblemException unknown() {
        return new ProblemException(404, "message-unknown", "There is no such message.");
    }
}
