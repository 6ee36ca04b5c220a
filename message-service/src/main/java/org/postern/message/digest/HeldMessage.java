package org.postern.message.digest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postern.message.quarantine.Entry;

/**
 * A message that is held, as its reader is told of it.
 *
 * @param sender the envelope's sender as text; empty for the null sender
 * @param subject as the mail says, with nothing in it that hides or links; empty where it has none
 * @param link where its release is asked for; null where the reader may not
 */
public record HeldMessage(
        Instant receivedAt,
        String sender,
        String subject,
        Why why,
        @Nullable String link) {
    /** Why it is held, in a word that a reader understands. */
    public enum Why {
        MALWARE,
        DANGEROUS,
        UNSCANNABLE,
        PHISHING,
        SPAM,
        OTHER
    }

    static Why why(Entry entry) {
        return switch (entry.verdict()) {
            case INFECTED -> Why.MALWARE;
            case SUSPICIOUS -> Why.DANGEROUS;
            case UNSCANNABLE -> Why.UNSCANNABLE;
            case CLEAN, INCONCLUSIVE ->
                switch (entry.mailClass()) {
                    case PHISHING -> Why.PHISHING;
                    case SPAM -> Why.SPAM;
                    case HAM, SUSPICIOUS, INCONCLUSIVE -> Why.OTHER;
                };
        };
    }

    @Override
    public String toString() {
        return "HeldMessage[" + why + "]";
    }
}
