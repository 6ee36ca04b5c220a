package org.postern.message.withdrawal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;

/**
 * What a mail is known by when it is met again in a mailbox. Mail servers put fields on top, fold others anew and may end
 * lines otherwise; the text they leave alone.
 *
 * @param fields its fields from the top, unfolded, the name in lower case, white space as in RFC 6376's {@code relaxed}
 * @param body the hash of what follows the head, lines ended by CRLF, without empty lines at its end (RFC 6376, 3.4.3)
 * @param bodySize how many octets of the body were hashed
 */
public record MailFingerprint(List<String> fields, ContentHash body, long bodySize) {
    private static final String MESSAGE_ID = "message-id:";
    private static final int LONGEST_ID = 500;

    /** How much a mail may grow on its way: by fields that are put on top. */
    private static final long MOST_GROWTH = 1024 * 1024;

    public MailFingerprint {
        fields = List.copyOf(fields);
    }

    /** The fingerprint of a whole mail, which is not closed; empty where its head has more than 2 MiB. */
    public static Optional<MailFingerprint> of(InputStream mail) throws IOException {
        FingerprintStream stream = new FingerprintStream();
        mail.transferTo(stream);
        return stream.fingerprint();
    }

    /** The Message-ID, where there is one that can be looked for: printable ASCII, of a length that occurs. */
    public @Nullable String internetId() {
        return fields.stream()
                .filter(field -> field.startsWith(MESSAGE_ID))
                .map(field -> field.substring(MESSAGE_ID.length()))
                .filter(id -> id.length() > 2 && id.length() <= LONGEST_ID)
                .filter(id -> id.chars().allMatch(c -> c > ' ' && c < 0x7f))
                .findFirst()
                .orElse(null);
    }

    /** Whether a mail of that size can be a copy of this one at all. */
    boolean allows(long size) {
        return size >= bodySize && size <= bodySize + headSize() + MOST_GROWTH;
    }

    private long headSize() {
        return fields.stream().mapToLong(String::length).sum();
    }

    /**
     * Whether another mail is a copy of this one. The body must be the same, octet for octet. Where we stamped the mail the
     * copy bears our id, once, which nobody who sends mail to us can put there; where we did not, every field of this mail is
     * in the copy, in the same order. The Message-ID alone says nothing: a sender may take that of another's mail, to have
     * that one moved.
     *
     * @param stamps the values of the copy's {@code X-Postern-Message}
     */
    boolean isThatOf(MailFingerprint copy, List<String> stamps, MessageId id, boolean stamped) {
        if (!body.equals(copy.body)) {
            return false;
        }
        List<String> ours = List.of(id.toString());
        return stamped
                ? stamps.equals(ours)
                        && (internetId() == null || String.valueOf(internetId()).equals(copy.internetId()))
                : (stamps.isEmpty() || stamps.equals(ours)) && copy.hasAll(fields);
    }

    private boolean hasAll(List<String> wanted) {
        Iterator<String> mine = fields.iterator();
        for (String field : wanted) {
            boolean found = false;
            while (!found && mine.hasNext()) {
                found = mine.next().equals(field);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "MailFingerprint[" + fields.size() + " fields]";
    }
}
