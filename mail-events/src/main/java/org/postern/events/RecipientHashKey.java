package org.postern.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret under which recipients are hashed, shared by the services that must recognise the same recipient. */
public final class RecipientHashKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    private RecipientHashKey(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * Reads a key from the text of a key file.
     *
     * @param base64 32 bytes in base64, white space around them ignored
     * @throws MalformedValueException where it is not that
     */
    public static RecipientHashKey ofBase64(String base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("recipient hash key", "must be base64");
        }
        if (secret.length != KEY_BYTES) {
            throw new MalformedValueException("recipient hash key", "must be 32 bytes in base64");
        }
        return new RecipientHashKey(secret);
    }

    /** The hash of a recipient of a tenant; spellings that differ by case give the same one. */
    public RecipientHash hash(Tenant tenant, MailAddress address) {
        return new RecipientHash(hash(tenant, (byte) 0, address.folded()));
    }

    /**
     * The hash of somebody who acted; never equal to that of a recipient.
     *
     * @param subject the {@code sub} of the access token
     */
    public SubjectHash hashSubject(Tenant tenant, String subject) {
        return new SubjectHash(hash(tenant, (byte) 1, subject));
    }

    private String hash(Tenant tenant, byte kind, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(tenant.value().getBytes(StandardCharsets.UTF_8));
            mac.update(kind);
            byte[] sum = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
