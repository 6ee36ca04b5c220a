package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Whose mail it is: part of every event, row and store path. At most 63 characters of {@code a-z0-9-}, so that it can
 * stand in a path, a label or a host name.
 */
public record Tenant(@JsonValue String value) {
    // Before DEFAULT, which is checked against it.
    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** The tenant of an installation that has one only. */
    public static final Tenant DEFAULT = new Tenant("default");

    public Tenant {
        if (!FORM.matcher(value).matches()) {
            throw new MalformedValueException("tenant", "must be 1 to 63 characters of a-z, 0-9 and inner hyphens");
        }
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a tenant name
     */
    @JsonCreator
    public static Tenant of(String value) {
        return new Tenant(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
