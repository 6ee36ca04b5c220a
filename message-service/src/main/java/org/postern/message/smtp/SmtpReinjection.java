package org.postern.message.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.net.smtp.SMTPClient;
import org.apache.commons.net.smtp.SMTPReply;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.ObjectReference;
import org.postern.message.quarantine.Reinjection;
import org.postern.message.quarantine.ReleaseFailedException;
import org.postern.message.quarantine.ReleaseFailedException.Why;
import org.postern.message.quarantine.ReleasePasses;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;

/**
 * Hands messages to a mail server by SMTP (RFC 5321), streamed from the store: octet for octet, with {@code BODY=8BITMIME}
 * and {@code SMTPUTF8} where the message needs them and the server knows them. The port is one that the server does not
 * filter, or the server lets the message through by its pass.
 */
public final class SmtpReinjection implements Reinjection {
    // Every octet is one character of it, and back: the bytes of the mail stay what they are.
    private static final String OCTETS = StandardCharsets.ISO_8859_1.name();
    private static final int PERMANENT = 500;

    private final String host;
    private final int port;
    private final String helo;
    private final Duration timeout;
    private final MessageStore store;

    /**
     * @param helo the name given to the server
     * @param timeout of connecting and of each answer
     */
    public SmtpReinjection(String host, int port, String helo, Duration timeout, MessageStore store) {
        this.host = host;
        this.port = port;
        this.helo = helo;
        this.timeout = timeout;
        this.store = store;
    }

    @Override
    public List<MailAddress> send(EnvelopeSender from, List<MailAddress> to, ObjectReference body, String pass)
            throws ReleaseFailedException {
        SMTPClient client = new SMTPClient(OCTETS);
        client.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
        client.setDefaultTimeout(Math.toIntExact(timeout.toMillis()));
        // Opened before anything is said: a mail that is gone shall not begin.
        try (InputStream mail = store.open(body)) {
            client.connect(host, port);
            client.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            return sent(client, from, to, mail, pass);
        } catch (ObjectMissingException e) {
            throw new ReleaseFailedException(Why.BODY_MISSING, e);
        } catch (IOException e) {
            throw new ReleaseFailedException(Why.UNAVAILABLE, e);
        } finally {
            disconnect(client);
        }
    }

    private List<MailAddress> sent(
            SMTPClient client, EnvelopeSender from, List<MailAddress> to, InputStream mail, String pass)
            throws IOException, ReleaseFailedException {
        check(client.getReplyCode());
        check(client.sendCommand("EHLO " + helo));
        String features = client.getReplyString().toUpperCase(java.util.Locale.ROOT);
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
        write(client, mail, pass);
        client.sendCommand("QUIT");
        return taken;
    }

    private static void write(SMTPClient client, InputStream mail, String pass)
            throws IOException, ReleaseFailedException {
        Writer writer = client.sendMessageData();
        if (writer == null) {
            throw refused(client.getReplyCode());
        }
        // Not closed where reading the mail fails: the end of a mail must be told only by a whole mail.
        writer.write(ReleasePasses.FIELD + ": " + pass + "\r\n");
        Reader octets = new InputStreamReader(mail, StandardCharsets.ISO_8859_1);
        octets.transferTo(writer);
        writer.close();
        if (!client.completePendingCommand()) {
            throw refused(client.getReplyCode());
        }
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
