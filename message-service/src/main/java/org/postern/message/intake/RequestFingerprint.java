package org.postern.message.intake;

import java.util.List;
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
        Envelope envelope = request.envelope();
        List<String> recipients =
                envelope.recipients().stream().map(MailAddress::folded).sorted().toList();
        FieldDigest digest =
                new FieldDigest().add(body.hex()).add(envelope.from().value()).add(Integer.toString(recipients.size()));
        recipients.forEach(digest::add);
        Client client = request.client();
        return new RequestFingerprint(digest.add(client.ip())
                .add(client.helo())
                .add(client.hostname())
                .value());
    }
}
