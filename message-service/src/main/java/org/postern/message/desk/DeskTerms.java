package org.postern.message.desk;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.SmtpSession;
import org.postern.message.intake.SmtpMail;
import org.postern.outbound.Network;

/**
 * What is agreed with the mail servers, whatever protocol they speak.
 *
 * @param tenant whose mail it is
 * @param authservId the host name under which authentication is reported; mailboxes without a domain belong to it too
 * @param shadow judges and stamps, and lets everything through
 * @param outboundNetworks clients whose mail goes out, besides those who log in
 * @param answerWithin from the last byte of the body to the answer, whatever is away
 * @param mostHeaderBytes a longer header block is refused
 * @param mostRecipients more recipients are put off
 */
public record DeskTerms(
        Tenant tenant,
        String authservId,
        boolean shadow,
        List<Network> outboundNetworks,
        Duration answerWithin,
        long mostHeaderBytes,
        int mostRecipients) {
    /** What the client is told whose message's head is over the limit. */
    public static final String HEAD_TOO_LONG = "552 5.3.4 The head of the message is larger than is taken here";

    /** More fields than any mail has: what is taken away of them is taken one by one, by mail servers that look for each. */
    public static final int MOST_FIELDS = 10_000;

    private static final int LONGEST_QUEUE_ID = 64;

    public DeskTerms {
        outboundNetworks = List.copyOf(outboundNetworks);
    }

    /**
     * What is asked at the desk for a message.
     *
     * @param user who logged in; null for nobody
     * @param queueId as the mail server calls it; null where it did not say
     */
    public SmtpMail mail(Envelope envelope, Client client, @Nullable String user, @Nullable String queueId) {
        boolean out = user != null || isOurs(client.ip());
        return new SmtpMail(
                tenant,
                envelope,
                client,
                out ? MailDirection.OUTBOUND : MailDirection.INBOUND,
                new SmtpSession(readable(queueId), user));
    }

    /** A queue id that may stand in a log; null for any other. */
    public static @Nullable String readable(@Nullable String queueId) {
        boolean readable = queueId != null
                && queueId.length() <= LONGEST_QUEUE_ID
                && queueId.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 0x80);
        return readable ? queueId : null;
    }

    private boolean isOurs(@Nullable String ip) {
        if (ip == null || outboundNetworks.isEmpty()) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(ip);
            return outboundNetworks.stream().anyMatch(network -> network.contains(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
