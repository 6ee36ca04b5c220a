package org.postern.message.smtp;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.net.smtp.SMTPClient;
import org.apache.commons.net.smtp.SMTPReply;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.message.quarantine.ReleaseFailedException;
import org.postern.message.quarantine.ReleaseFailedException.Why;

/**
 * A mail server that mails are handed to by SMTP (RFC 5321), with {@code BODY=8BITMIME} and {@code SMTPUTF8} where the mail
 * needs them and the server knows them.
 *
 * @param helo the name given to the server
 * @param timeout of connecting and of each answer
 */
public record SmtpServer(String host, int port, String helo, Duration timeout) {
    // Every octet is one character of it, and back: the bytes of the mail stay what they are.
    private static final String OCTETS = StandardCharsets.ISO_8859_1.name();
    private static final int PERMANENT = 500;

    /** Writes a mail, each octet a character. */
    @FunctionalInterface
    interface Mail {
        void writeTo(Writer out) throws IOException;
    }

    /**
     * Hands a mail over.
     *
     * @return the recipients it was taken for, one at least
     * @throws ReleaseFailedException where the server takes it for none
     * @throws IOException where the server cannot be reached or the mail cannot be read
     */
    List<MailAddress> hand(EnvelopeSender from, List<MailAddress> to, Mail mail)
            throws IOException, ReleaseFailedException {
        SMTPClient client = new SMTPClient(OCTETS);
        client.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
        client.setDefaultTimeout(Math.toIntExact(timeout.toMillis()));
        try {
            client.connect(host, port);
            client.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            return handed(client, from, to, mail);
        } finally {
            disconnect(client);
        }
    }

    private List<MailAddress> handed(SMTPClient client, EnvelopeSender from, List<MailAddress> to, Mail mail)
            throws IOException, ReleaseFailedException {
        check(client.getReplyCode());
        check(client.sendCommand("EHLO " + helo));
        String features = client.getReplyString().toUpperCase(Locale.ROOT);
        check(client.sendCommand("MAIL FROM:<" + octets(from.value()) + ">" + parameters(features, from, to)));
        List<MailAddress> taken = new ArrayList<>();
        int refusal = PERMANENT;
        for (MailAddress recipient : to) {
            int reply = client.sendCommand("RCPT TO:<" + octets(recipient.value()) + ">");
            if (SMTPReply.isPositiveCompletion(reply)) {
                taken.add(recipient);
            } else {
                refusal = Math.min(refusal, reply);
            }
        }
        if (taken.isEmpty()) {
            throw refused(refusal);
        }
        Writer writer = client.sendMessageData();
        if (writer == null) {
            throw refused(client.getReplyCode());
        }
        // Not closed where reading the mail fails: the end of a mail must be told only by a whole mail.
        mail.writeTo(writer);
        writer.close();
        if (!client.completePendingCommand()) {
            throw refused(client.getReplyCode());
        }
        quit(client);
        return taken;
    }

    private static String parameters(String features, EnvelopeSender from, List<MailAddress> to) {
        boolean international =
                !isAscii(from.value()) || to.stream().anyMatch(recipient -> !isAscii(recipient.value()));
        return (features.contains("8BITMIME") ? " BODY=8BITMIME" : "")
                + (international && features.contains("SMTPUTF8") ? " SMTPUTF8" : "");
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void check(int reply) throws ReleaseFailedException {
        if (!SMTPReply.isPositiveCompletion(reply)) {
            throw refused(reply);
        }
    }

    private static ReleaseFailedException refused(int reply) {
        return new ReleaseFailedException(reply >= PERMANENT ? Why.REFUSED : Why.UNAVAILABLE, null);
    }

    /** The mail is the server's by now, whatever it says to this. */
    private static void quit(SMTPClient client) {
        try {
            client.sendCommand("QUIT");
        } catch (IOException e) {
            // It was faster.
        }
    }

    private static void disconnect(SMTPClient client) {
        try {
            if (client.isConnected()) {
                client.disconnect();
            }
        } catch (IOException e) {
            // What was said was said.
        }
    }
}
