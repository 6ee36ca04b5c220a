package org.postern.message.digest;

import java.time.Instant;
import java.util.List;
import org.postern.events.MailAddress;

/**
 * What one reader is told.
 *
 * @param held the newest first
 * @param more whether there are others that are not listed
 * @param linksEnd until when the links are good
 */
public record Digest(MailAddress reader, Language language, List<HeldMessage> held, boolean more, Instant linksEnd) {
    public Digest {
        held = List.copyOf(held);
    }
}
