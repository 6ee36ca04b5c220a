package org.postern.message.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
 * Hands released messages to a mail server, streamed from the store: octet for octet below the pass. The port is one that
 * the server does not filter, or the server lets the message through by its pass.
 */
public final class SmtpReinjection implements Reinjection {
    private final SmtpServer server;
    private final boolean withPass;
    private final MessageStore store;

    /** @param withPass whether the pass is written */
    public SmtpReinjection(SmtpServer server, boolean withPass, MessageStore store) {
        this.server = server;
        this.withPass = withPass;
        this.store = store;
    }

    @Override
    public List<MailAddress> send(EnvelopeSender from, List<MailAddress> to, ObjectReference body, String pass)
            throws ReleaseFailedException {
        // Opened before anything is said: a mail that is gone shall not begin.
        try (InputStream mail = store.open(body)) {
            return server.hand(from, to, out -> {
                if (withPass) {
                    out.write(ReleasePasses.FIELD + ": " + pass + "\r\n");
                }
                new InputStreamReader(mail, StandardCharsets.ISO_8859_1).transferTo(out);
            });
        } catch (ObjectMissingException e) {
            throw new ReleaseFailedException(Why.BODY_MISSING, e);
        } catch (IOException e) {
            throw new ReleaseFailedException(Why.UNAVAILABLE, e);
        }
    }
}
