package org.postern.render.images;

import java.util.regex.Pattern;
import org.postern.events.MalformedValueException;
import org.postern.events.ObjectReference;

/**
 * An image that a stored mail carries.
 *
 * @param mail the mail in the store
 * @param part the place of the image in the mail, as in IMAP
 */
public record PartAddress(ObjectReference mail, String part) {
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,6}(?:\\.[0-9]{1,6}){0,100}");

    public PartAddress {
        if (!PLACE.matcher(part).matches()) {
            throw new MalformedValueException("part", "is not the place of one");
        }
    }
}
