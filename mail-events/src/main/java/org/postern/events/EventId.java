package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of an event, the same whenever the same event is produced again: a UUID of version 5 (RFC 9562) of the
 * message's id, the kind of event and what tells its repetitions apart (an attempt, a revision, a signature version).
 */
public record EventId(@JsonValue UUID value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * The id of one event of a message.
     *
     * @param message the message it is about
     * @param kind the kind of event, its CloudEvents type
     * @param occurrence what tells this one from others of its kind, for instance {@code attempt-2}
     */
    public static EventId of(MessageId message, String kind, String occurrence) {
        return new EventId(UuidCreator.getNameBasedSha1(message.value(), kind + "/" + occurrence));
    }

    /** The id of an event that is not about a message, from a name that is unique for it. */
    public static EventId named(String kind, String name) {
        return new EventId(UuidCreator.getNameBasedSha1(kind + "/" + name));
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a UUID in lower case
     */
    @JsonCreator
    public static EventId of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new MalformedValueException("event id", "must be a UUID of 36 characters");
        }
        return new EventId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
