package org.postern.events.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who really sent a mail, as far as the domains' own records tell (RFC 8601).
 *
 * @param spf RFC 7208
 * @param dkim each signature; empty where the mail has none
 * @param dmarc RFC 7489
 * @param dmarcPolicy the policy that applies, {@code none}, {@code quarantine} or {@code reject}; null where none is
 *     published or known
 * @param arc RFC 8617
 */
public record SenderAuthentication(
        AuthenticationResult spf,
        List<DkimSignature> dkim,
        AuthenticationResult dmarc,
        @Nullable String dmarcPolicy,
        AuthenticationResult arc) {
    public SenderAuthentication {
        dkim = List.copyOf(dkim);
    }

    /** Nothing could be verified: for an assessment without an answer. */
    public static SenderAuthentication unverified() {
        return new SenderAuthentication(
                AuthenticationResult.TEMPERROR,
                List.of(),
                AuthenticationResult.TEMPERROR,
                null,
                AuthenticationResult.TEMPERROR);
    }
}
