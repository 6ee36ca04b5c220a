package org.postern.push.subscription;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postern.events.MalformedValueException;
import org.postern.events.push.AccountId;

/**
 * The key that accounts are renamed with towards whoever can read the pushes of one device. It belongs to the device alone, is
 * sealed with its destination and forgotten with it: two devices of an account cannot be told to be of one account by their
 * pushes, and nobody who has an alias finds the account by trying.
 *
 * @param value 32 random bytes in base64url; a secret
 */
public record AliasKey(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 32;
    private static final int ALIAS_BYTES = 16;

    public AliasKey {
        if (!FORM.matcher(value).matches()) {
            throw new MalformedValueException("alias key", "must be 32 bytes in base64url");
        }
    }

    /** A new one. */
    public static AliasKey random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new AliasKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What an account is called: the first 16 bytes of its HMAC-SHA256, in base64url. */
    public String alias(AccountId account) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(value), HMAC));
            byte[] hash = mac.doFinal(account.value().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ALIAS_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "AliasKey[]";
    }
}
