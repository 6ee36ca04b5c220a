package org.postern.events.mail;

import java.util.List;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;

/**
 * The envelope of a message. Personal data: it is on {@code mail.received.v1} alone.
 *
 * @param from the reverse-path
 * @param recipients the forward-paths in the order given, 1 to 1000, none twice
 */
public record Envelope(EnvelopeSender from, List<MailAddress> recipients) {
    /** More recipients than this are refused (RFC 5321, 4.5.3.1.8 asks for at least 100). */
    public static final int MOST_RECIPIENTS = 1_000;

    public Envelope {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty() || recipients.size() > MOST_RECIPIENTS) {
            throw new MalformedValueException("envelope", "must have 1 to " + MOST_RECIPIENTS + " recipients");
        }
    }

    @Override
    public String toString() {
        return "Envelope[" + recipients.size() + " recipients]";
    }
}
