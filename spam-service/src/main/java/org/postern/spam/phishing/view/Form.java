package org.postern.spam.phishing.view;

import org.jspecify.annotations.Nullable;

/**
 * A form in a mail or in an attached page.
 *
 * @param target where it is sent; null where the page decides that by a script, or where it is relative
 * @param password whether it asks for a password
 * @param fields how many texts it asks for
 */
public record Form(@Nullable WebAddress target, boolean password, int fields) {
    @Override
    public String toString() {
        return "Form[" + fields + " fields]";
    }
}
