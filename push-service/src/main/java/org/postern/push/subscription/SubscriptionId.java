package org.postern.push.subscription;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import java.util.regex.Pattern;
import org.postern.events.MalformedValueException;

/** The id of a subscription: random, so that knowing one says nothing about another. */
public record SubscriptionId(@JsonValue UUID value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A new one. */
    public static SubscriptionId random() {
        return new SubscriptionId(UUID.randomUUID());
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a UUID in lower case
     */
    public static SubscriptionId of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new MalformedValueException("subscription id", "must be a UUID of 36 characters");
        }
        return new SubscriptionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
