package org.postern.message.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;
import org.postern.events.MailAddress;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;

/**
 * What tells one request from another under the same idempotency key: SHA-256 over body hash, envelope and client. The
 * order of recipients does not matter.
 */
public record RequestFingerprint(ContentHash value) {
    /** The fingerprint of a request whose body has that hash. */
    public static RequestFingerprint of(IntakeRequest request, ContentHash body) {
        MessageDigest digest = sha256();
        add(digest, body.hex());
        Envelope envelope = request.envelope();
        add(digest, envelope.from().value());
        List<String> recipients =
                envelope.recipients().stream().map(MailAddress::folded).sorted().toList();
        add(digest, Integer.toString(recipients.size()));
        recipients.forEach(recipient -> add(digest, recipient));
        Client client = request.client();
        add(digest, client.ip());
        add(digest, client.helo());
        add(digest, client.hostname());
        return new RequestFingerprint(ContentHash.ofDigest(digest.digest()));
    }

    private static void add(MessageDigest digest, @Nullable String field) {
        // The length goes first, so that no two lists of fields give the same bytes; -1 is an absent field.
        byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(field == null ? -1 : bytes.length)
                .array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
