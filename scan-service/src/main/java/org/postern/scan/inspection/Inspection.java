package org.postern.scan.inspection;

import java.util.List;
import org.postern.events.mail.ScannedPart;

/**
 * What a look came to.
 *
 * @param seen what was found
 * @param parts what was looked at, in the order of the body
 * @param opened contents that a password opened
 * @param encrypted contents that stay closed
 * @param passwords the passwords that the whole mail names; none where nothing stays closed
 */
record Inspection(List<Seen> seen, List<ScannedPart> parts, int opened, int encrypted, List<String> passwords) {
    Inspection {
        seen = List.copyOf(seen);
        parts = List.copyOf(parts);
        passwords = List.copyOf(passwords);
    }

    /** Whether everything that was closed has been opened. */
    boolean openedAll() {
        return opened > 0 && encrypted == 0;
    }

    @Override
    public String toString() {
        return "Inspection[" + seen.size() + " findings, " + parts.size() + " parts]";
    }
}
