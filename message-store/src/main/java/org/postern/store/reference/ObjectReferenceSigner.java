package org.postern.store.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postern.events.ContentHash;
import org.postern.events.MalformedValueException;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

/**
 * Signs object references, so that the service that authorised a reader can ask another for a rendition without giving it
 * a say in who may read what. The form is {@code v1.<tenant>.<id>.<sha256>.<size>.<expiry in epoch seconds>.<HMAC-SHA256
 * in base64url>}; it names no person.
 */
public final class ObjectReferenceSigner {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1";
    private static final int KEY_BYTES = 32;
    private static final int LONGEST = 512;
    private static final int FIELDS = 7;

    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * @param key 32 bytes
     * @param clock tells when a reference has expired
     */
    public ObjectReferenceSigner(byte[] key, Clock clock) {
        if (key.length != KEY_BYTES) {
            throw new MalformedValueException("signing key", "must be 32 bytes in base64");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.clock = clock;
    }

    /**
     * A signer with the key of a file: 32 bytes in base64.
     *
     * @throws IOException where the file cannot be read
     * @throws MalformedValueException where it is not that
     */
    public static ObjectReferenceSigner ofFile(Path file, Clock clock) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        try {
            return new ObjectReferenceSigner(Base64.getDecoder().decode(text), clock);
        } catch (MalformedValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("signing key", "must be base64");
        }
    }

    /** A reference that is good for that long from now. */
    public String sign(ObjectReference reference, Duration validity) {
        String content = String.join(
                ".",
                VERSION,
                reference.tenant().value(),
                reference.id().value(),
                reference.sha256().hex(),
                Long.toString(reference.size()),
                Long.toString(clock.instant().plus(validity).getEpochSecond()));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sum(content));
    }

    /** @throws InvalidSignedReferenceException where it is malformed, not signed with this key, or expired */
    public ObjectReference verify(String signed) throws InvalidSignedReferenceException {
        if (signed.length() > LONGEST) {
            throw new InvalidSignedReferenceException("malformed");
        }
        List<String> fields = List.of(signed.split("\\.", -1));
        if (fields.size() != FIELDS || !fields.getFirst().equals(VERSION)) {
            throw new InvalidSignedReferenceException("malformed");
        }
        String content = signed.substring(0, signed.lastIndexOf('.'));
        try {
            byte[] sum = Base64.getUrlDecoder().decode(fields.getLast());
            if (!MessageDigest.isEqual(sum, sum(content))) {
                throw new InvalidSignedReferenceException("not signed with our key");
            }
            if (clock.instant().getEpochSecond() >= Long.parseLong(fields.get(5))) {
                throw new InvalidSignedReferenceException("expired");
            }
            return new ObjectReference(
                    Tenant.of(fields.get(1)),
                    ObjectId.of(fields.get(2)),
                    ContentHash.of(fields.get(3)),
                    Long.parseLong(fields.get(4)));
        } catch (IllegalArgumentException e) {
            throw new InvalidSignedReferenceException("malformed");
        }
    }

    private byte[] sum(String content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
