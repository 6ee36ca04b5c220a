package org.postern.push.subscription;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.postern.events.MalformedValueException;

/** What a device has to repeat to show that pushes reach it (RFC 8620, section 7.2.2): 128 random bits. */
public record VerificationCode(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private static final int LONGEST = 64;

    public VerificationCode {
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new MalformedValueException("verification code", "must be 1 to 64 characters long");
        }
    }

    /** A new one. */
    public static VerificationCode random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new VerificationCode(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether it is the same, found out in a time that does not tell how much of it is. */
    public boolean matches(VerificationCode other) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "VerificationCode[]";
    }
}
