package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Who the envelope says the mail is from: the reverse-path of RFC 5321, which bounces leave empty. */
public sealed interface EnvelopeSender {
    /** The empty reverse-path {@code <>}. */
    record NullSender() implements EnvelopeSender {
        @Override
        public String value() {
            return "";
        }
    }

    /** A mailbox to which a bounce would go. */
    record Mailbox(MailAddress address) implements EnvelopeSender {
        @Override
        public String value() {
            return address.value();
        }
    }

    /**
     * Reads a reverse-path: empty or {@code <>} is the null sender, angle brackets around a mailbox are taken off.
     *
     * @throws MalformedValueException where it is neither empty nor a mailbox
     */
    @JsonCreator
    static EnvelopeSender of(String text) {
        String bare = text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
        return bare.isEmpty() ? new NullSender() : new Mailbox(MailAddress.of(bare));
    }

    /** The text of the reverse-path, empty for the null sender. */
    @JsonValue
    String value();
}
