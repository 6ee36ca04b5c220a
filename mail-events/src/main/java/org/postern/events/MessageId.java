package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Postern's own name for a message, given at intake: a UUID of version 7 (RFC 9562), so that rows and keys sort by time.
 * It says nothing about the mail; the header of that name is {@code InternetMessageId}.
 */
public record MessageId(@JsonValue UUID value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** A new id. */
    public static MessageId random() {
        return new MessageId(UuidCreator.getTimeOrderedEpoch());
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a UUID in its canonical form of 36 characters
     */
    @JsonCreator
    public static MessageId of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new MalformedValueException("message id", "must be a UUID of 36 characters");
        }
        return new MessageId(UUID.fromString(text.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
