package org.postern.scan.inspection;

import java.util.List;
import java.util.Set;
import org.postern.events.mail.ScannedPart;

/**
 * What a look came to.
 *
 * @param seen what was found
 * @param parts what was looked at, in the order of the body
 * @param openedPaths the contents that a password opened
 * @param encrypted contents that stay closed
 * @param passwords the passwords that the whole mail names; none where nothing stays closed
 */
record Inspection(
        List<Seen> seen, List<ScannedPart> parts, Set<String> openedPaths, int encrypted, List<String> passwords) {
    Inspection {
        seen = List.copyOf(seen);
        parts = List.copyOf(parts);
        openedPaths = Set.copyOf(openedPaths);
        passwords = List.copyOf(passwords);
    }

    /** Whether everything that was closed has been opened. */
    boolean openedAll() {
        return !openedPaths.isEmpty() && encrypted == 0;
    }

    @Override
    public String toString() {
        return "Inspection[" + seen.size() + " findings, " + parts.size() + " parts]";
    }
}
