package org.postern.message.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;

/**
 * Which entries are looked for. A part that is null lets all through.
 *
 * @param senderDomain a domain in lower case; empty for the null sender
 * @param since the oldest, inclusive
 * @param until the newest, exclusive
 * @param words words that are all to be found in the reasons; of no search language
 * @param released whether it was released
 * @param offered whether it was held, and a later look found that it need not be
 */
public record EntryFilter(
        @Nullable Disposition disposition,
        @Nullable MailAddress recipient,
        @Nullable String senderDomain,
        @Nullable MailClass mailClass,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String words,
        @Nullable Boolean released,
        @Nullable Boolean offered) {
    /** All there is for that mailbox. */
    public static EntryFilter of(MailAddress recipient) {
        return new EntryFilter(null, recipient, null, null, null, null, null, null, null);
    }

    /** The same in one text, by which a cursor is bound to it. */
    String fingerprint() {
        return String.join(
                "\n",
                String.valueOf(disposition),
                recipient == null ? "null" : recipient.folded(),
                String.valueOf(senderDomain),
                String.valueOf(mailClass),
                String.valueOf(since),
                String.valueOf(until),
                String.valueOf(words),
                String.valueOf(released),
                String.valueOf(offered));
    }
}
