package org.postern.spam.analysis;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.mime.Mailbox;
import org.postern.spam.Acquaintance;
import org.postern.spam.Contact;
import org.postern.spam.ContactHistory;
import org.postern.spam.Mail;
import org.postern.spam.Remembered;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.tables.Tables;
import org.postern.spam.phishing.view.ParsedMail;
import org.postern.spam.phishing.view.Words;

/**
 * Asks who has written before, and never lets a mail wait for that: a history that does not answer is left alone for a while,
 * and each mail says that it was not looked up.
 */
public final class Acquaintances {
    /** In {@code unchecked} where nobody could tell, or none has been received for long enough to tell. */
    public static final String UNCHECKED = "contact-history";

    private static final Duration LEFT_ALONE = Duration.ofSeconds(10);
    private static final int MOST_NAME_WORDS = 6;

    private final @Nullable ContactHistory history;
    private final Tables tables;
    private final AtomicLong leftAloneUntil = new AtomicLong(System.nanoTime());

    /**
     * @param history null where none is kept
     * @param tables tell where anybody can have an address
     */
    public Acquaintances(@Nullable ContactHistory history, Tables tables) {
        this.history = history;
        this.tables = tables;
    }

    /**
     * What was looked up of a mail's sender.
     *
     * @param acquaintance how the readers' domains know the sender; null where that cannot be told
     * @param left what is to be kept where the mail is wanted; null where nothing is
     */
    record LookedUp(
            @Nullable Acquaintance acquaintance, @Nullable Contact left) {}

    /** How the readers' domains know the sender. */
    LookedUp of(Mail mail, ParsedMail parsed) {
        ContactHistory asked = history;
        Contact contact = asked == null ? null : contact(mail, parsed).orElse(null);
        if (asked == null || contact == null || isLeftAlone()) {
            return new LookedUp(null, contact);
        }
        try {
            Remembered remembered = asked.look(contact);
            return new LookedUp(remembered.acquaintance(), remembered.kept() ? null : contact);
        } catch (RuntimeException e) {
            // Whatever it is: a bug of ours in remembering must not keep a mail from being assessed.
            leaveAlone();
            return new LookedUp(null, contact);
        }
    }

    /** Keeps that the sender of a wanted mail has written. One that is not kept is met for the first time again. */
    void keep(LookedUp sender) {
        ContactHistory asked = history;
        Contact contact = sender.left();
        if (asked == null || contact == null || isLeftAlone()) {
            return;
        }
        try {
            asked.keep(contact);
        } catch (RuntimeException e) {
            leaveAlone();
        }
    }

    private boolean isLeftAlone() {
        return leftAloneUntil.get() - System.nanoTime() > 0;
    }

    private void leaveAlone() {
        leftAloneUntil.set(System.nanoTime() + LEFT_ALONE.toNanos());
    }

    private Optional<Contact> contact(Mail mail, ParsedMail parsed) {
        Mailbox sender = parsed.from().size() == 1 ? parsed.sender() : null;
        MessageId id = mail.messageId();
        if (sender == null || id == null) {
            return Optional.empty();
        }
        String host = Facts.hostOf(sender);
        Set<String> domains = mail.recipients().stream()
                .map(recipient -> recipient.value().toLowerCase(Locale.ROOT))
                .map(address -> address.substring(address.lastIndexOf('@') + 1))
                .collect(Collectors.toSet());
        if (host.isEmpty() || sender.local().isEmpty() || domains.isEmpty()) {
            return Optional.empty();
        }
        String address = (sender.local() + "@" + host).toLowerCase(Locale.ROOT);
        return Optional.of(new Contact(
                mail.tenant(),
                id,
                domains,
                address,
                tables.isFreemail(host) ? address : Domains.organisation(host),
                name(sender.name())));
    }

    /** The same words in any order are the same name. One word is too little to be somebody's. */
    private static String name(String shown) {
        List<String> words = Words.of(shown, MOST_NAME_WORDS).list();
        return shown.indexOf('@') >= 0 || words.size() < 2 ? "" : String.join(" ", new TreeSet<>(words));
    }
}
