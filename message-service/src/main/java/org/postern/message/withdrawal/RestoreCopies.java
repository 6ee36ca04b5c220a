package org.postern.message.withdrawal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives copies back to the mailboxes that they came from. A copy that is not where we put it was moved or deleted by its
 * reader since, and is left alone. Where none of its mailboxes is there any more it goes to the inbox.
 */
final class RestoreCopies {
    private static final int MOST_TRIES = 5;

    private final Withdrawals withdrawals;

    RestoreCopies(Withdrawals withdrawals) {
        this.withdrawals = withdrawals;
    }

    /** How it went; empty where something else is wanted by now. */
    Optional<Outcome> in(Mailbox mailbox, Withdrawal withdrawal) throws MailServerException {
        // An id means nothing in another account.
        Map<String, Copy> copies = withdrawals.copies(withdrawal).stream()
                .filter(copy -> copy.account().equals(mailbox.account()))
                .collect(Collectors.toMap(Copy::email, Function.identity(), (one, other) -> one));
        if (copies.isEmpty()) {
            return Optional.of(Outcome.nothingLeft());
        }
        Mailbox.Folders folders = mailbox.folders();
        for (int i = 0; i < MOST_TRIES; i++) {
            Placement now = mailbox.places(copies.keySet());
            List<Edit> edits = new ArrayList<>();
            int back = 0;
            for (Placement.Place place : now.places()) {
                Copy copy = Objects.requireNonNull(copies.get(place.email()));
                Optional<Edit> edit = edit(copy, place, folders);
                edit.ifPresent(edits::add);
                if (edit.isPresent() || isBack(copy, place)) {
                    back++;
                }
            }
            if (!withdrawals.note(withdrawal, List.of())) {
                return Optional.empty();
            }
            if (edits.isEmpty() || WithdrawCopies.done(mailbox, now.state(), edits)) {
                return Optional.of(back == 0 ? Outcome.nothingLeft() : Outcome.restored(back));
            }
        }
        throw new MailServerException(MailServerException.Kind.MAILBOX, "mailbox-changes");
    }

    private static Optional<Edit> edit(Copy copy, Placement.Place place, Mailbox.Folders folders)
            throws MailServerException {
        String keyword = copy.keyword();
        if (keyword != null) {
            return place.keywords().contains(keyword)
                    ? Optional.of(new Edit.Mark(place.email(), keyword, false))
                    : Optional.empty();
        }
        String target = String.valueOf(copy.target());
        if (!place.mailboxes().contains(target)) {
            return Optional.empty();
        }
        Set<String> mailboxes = new HashSet<>(place.mailboxes());
        mailboxes.remove(target);
        copy.origins().stream().filter(folders.ids()::contains).forEach(mailboxes::add);
        if (mailboxes.isEmpty() || mailboxes.equals(Set.of(target))) {
            mailboxes.remove(target);
            mailboxes.add(inbox(folders));
        }
        return Optional.of(new Edit.Put(place.email(), mailboxes));
    }

    private static String inbox(Mailbox.Folders folders) throws MailServerException {
        if (folders.inbox().isEmpty()) {
            throw new MailServerException(MailServerException.Kind.MAILBOX, "no-inbox");
        }
        return folders.inbox();
    }

    private static boolean isBack(Copy copy, Placement.Place place) {
        return copy.keyword() != null || place.mailboxes().stream().anyMatch(copy.origins()::contains);
    }
}
