package org.postern.message.policy;

import java.util.List;
import org.postern.events.EnvelopeSender;
import org.postern.events.mail.MailDirection;

/**
 * What is known about a message without looking into it.
 *
 * @param size of the body in bytes
 * @param hits the entries of the allow and block lists that are about its sender or its client
 */
public record Circumstances(EnvelopeSender sender, long size, MailDirection direction, List<ListHit> hits) {
    /** A message of which nothing is known. */
    public static final Circumstances UNKNOWN =
            new Circumstances(new EnvelopeSender.NullSender(), 0, MailDirection.INBOUND, List.of());

    public Circumstances {
        hits = List.copyOf(hits);
    }
}
