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
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(tenant.value().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] sum = mac.doFinal(address.folded().getBytes(StandardCharsets.UTF_8));
            return new RecipientHash(Base64.getUrlEncoder().withoutPadding().encodeToString(sum));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
