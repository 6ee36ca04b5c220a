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
 * @param identities the domains it was about; null where they are not known, as in events of before they were told
 */
public record SenderAuthentication(
        AuthenticationResult spf,
        List<DkimSignature> dkim,
        AuthenticationResult dmarc,
        @Nullable String dmarcPolicy,
        AuthenticationResult arc,
        @Nullable SenderIdentities identities) {
    public SenderAuthentication {
        dkim = List.copyOf(dkim);
    }

    /** Results without the domains they are about. */
    public SenderAuthentication(
            AuthenticationResult spf,
            List<DkimSignature> dkim,
            AuthenticationResult dmarc,
            @Nullable String dmarcPolicy,
            AuthenticationResult arc) {
        this(spf, dkim, dmarc, dmarcPolicy, arc, null);
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
