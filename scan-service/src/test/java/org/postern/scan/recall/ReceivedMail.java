package org.postern.scan.recall;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.postern.events.ContentHash;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;

/** Mails that were received, as their event tells. */
public final class ReceivedMail {
    private ReceivedMail() {}

    /** One with that content; each call another message. */
    public static MailReceived of(String content) {
        Instant now = Instant.parse("2026-11-24T02:00:00Z");
        return new MailReceived(
                MessageId.random(),
                Tenant.DEFAULT,
                new ObjectReference(Tenant.DEFAULT, ObjectId.random(), hash(content), content.length()),
                new Envelope(EnvelopeSender.of(""), List.of(MailAddress.of("a@example.org"))),
                Client.UNKNOWN,
                MailPath.REST,
                now,
                now.plusSeconds(25));
    }

    private static ContentHash hash(String content) {
        try {
            return ContentHash.ofDigest(
                    MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
