package org.postern.message.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.message.digest.DigestPost;
import org.postern.message.digest.DigestUnsentException;
import org.postern.message.quarantine.ReleaseFailedException;
import org.postern.message.quarantine.ReleaseFailedException.Why;

/** Hands digests to a mail server, from the null sender: a reader who does not exist any more makes no bounce. */
public final class SmtpDigestPost implements DigestPost {
    private final SmtpServer server;

    public SmtpDigestPost(SmtpServer server) {
        this.server = server;
    }

    @Override
    public boolean send(MailAddress to, byte[] letter) throws DigestUnsentException {
        try {
            server.hand(
                    new EnvelopeSender.NullSender(),
                    List.of(to),
                    out -> out.write(new String(letter, StandardCharsets.ISO_8859_1)));
            return true;
        } catch (ReleaseFailedException e) {
            if (e.why() == Why.REFUSED) {
                return false;
            }
            throw new DigestUnsentException(e);
        } catch (IOException e) {
            throw new DigestUnsentException(e);
        }
    }
}
