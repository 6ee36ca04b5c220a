package org.postern.message.withdrawal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.store.MessageStore;

/**
 * Takes the copies of a message out of one reader's way. Each is noted before it is touched, so that whoever comes after a
 * crash knows where it was; what is done already is not done again.
 */
final class WithdrawCopies {
    private static final int MOST_TRIES = 5;

    private final Withdrawals withdrawals;
    private final MessageStore store;
    private final WithdrawalTerms terms;

    WithdrawCopies(Withdrawals withdrawals, MessageStore store, WithdrawalTerms terms) {
        this.withdrawals = withdrawals;
        this.store = store;
        this.terms = terms;
    }

    /** How it went; empty where something else is wanted by now. */
    Optional<Outcome> in(Mailbox mailbox, Withdrawal withdrawal, MailReceived mail)
            throws MailServerException, IOException {
        Set<String> emails = withdrawals.copies(withdrawal).stream()
                .filter(copy -> copy.account().equals(mailbox.account()))
                .map(Copy::email)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        emails.addAll(copiesIn(mailbox, mail, emails));
        if (emails.isEmpty()) {
            return Optional.of(Outcome.notFound());
        }
        String target = terms.action() == WithdrawalTerms.Action.MOVE ? mailbox.quarantine() : "";
        for (int i = 0; i < MOST_TRIES; i++) {
            Placement now = mailbox.places(emails);
            if (now.places().isEmpty()) {
                return Optional.of(Outcome.notFound());
            }
            List<Edit> edits = new ArrayList<>();
            List<Copy> copies = new ArrayList<>();
            for (Placement.Place place : now.places()) {
                if (terms.action() == WithdrawalTerms.Action.MOVE) {
                    move(mailbox.account(), place, target, edits, copies);
                } else {
                    flag(mailbox.account(), place, edits, copies);
                }
            }
            if (!withdrawals.note(withdrawal, copies)) {
                return Optional.empty();
            }
            if (edits.isEmpty() || done(mailbox, now.state(), edits)) {
                return Optional.of(outcome(now.places().size()));
            }
        }
        throw new MailServerException(MailServerException.Kind.MAILBOX, "mailbox-changes");
    }

    private Outcome outcome(int copies) {
        return switch (terms.action()) {
            case MOVE -> Outcome.moved(copies);
            case FLAG -> Outcome.flagged(copies);
        };
    }

    private static void move(
            String account, Placement.Place place, String target, List<Edit> edits, List<Copy> copies) {
        if (!place.mailboxes().equals(Set.of(target))) {
            edits.add(new Edit.Put(place.email(), Set.of(target)));
            copies.add(Copy.moved(account, place, target));
        }
    }

    private void flag(String account, Placement.Place place, List<Edit> edits, List<Copy> copies) {
        // One that bears it already is nothing that we did, and nothing to undo.
        if (!place.keywords().contains(terms.keyword())) {
            edits.add(new Edit.Mark(place.email(), terms.keyword(), true));
            copies.add(Copy.flagged(account, place, terms.keyword()));
        }
    }

    /** Whether all was done; false where somebody else changed something, so that it has to be looked at again. */
    static boolean done(Mailbox mailbox, String state, List<Edit> edits) throws MailServerException {
        try {
            Map<String, String> refused = mailbox.change(state, edits);
            Optional<String> reason = refused.values().stream().findFirst();
            if (reason.isPresent()) {
                throw new MailServerException(MailServerException.Kind.MAILBOX, reason.get());
            }
            return true;
        } catch (MailServerException e) {
            if (e.kind() == MailServerException.Kind.CHANGED) {
                return false;
            }
            throw e;
        }
    }

    private List<String> copiesIn(Mailbox mailbox, MailReceived mail, Set<String> known)
            throws MailServerException, IOException {
        MailFingerprint original;
        try (InputStream body = store.open(mail.object())) {
            original = MailFingerprint.of(body)
                    .orElseThrow(() -> new MailServerException(MailServerException.Kind.NEVER, "head-too-large"));
        }
        boolean stamped = mail.path() == MailPath.MILTER;
        Sought sought = new Sought(mail.messageId(), stamped, original.internetId());
        if (!stamped && sought.internetId() == null) {
            throw new MailServerException(MailServerException.Kind.NEVER, "nothing-to-look-for");
        }
        List<String> same = new ArrayList<>();
        for (Candidate candidate : mailbox.find(sought)) {
            if (!known.contains(candidate.email()) && original.allows(candidate.size())) {
                FingerprintStream copy = new FingerprintStream();
                mailbox.read(candidate, copy);
                boolean matches = copy.fingerprint()
                        .filter(print -> original.isThatOf(print, candidate.stamps(), mail.messageId(), stamped))
                        .isPresent();
                if (matches) {
                    same.add(candidate.email());
                }
            }
        }
        return same;
    }
}
