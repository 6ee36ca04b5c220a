package org.postern.message.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The policy that decides now.
 *
 * @param text as it was written
 * @param version the first 12 hexadecimal digits of the text's SHA-256
 * @param since when it took effect in this process
 * @param mistake why a newer text of the file is not in force; null where the file says what is in force
 */
public record PolicyInForce(
        Policy policy,
        String text,
        String version,
        Instant since,
        @Nullable String mistake) {
    /** The same, with a newer text that cannot be used. */
    public PolicyInForce despite(String why) {
        return new PolicyInForce(policy, text, version, since, why);
    }
}
