package org.postern.events.mail;

import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;

/**
 * One DKIM signature of a message (RFC 6376).
 *
 * @param domain who signed; null where it could not be told
 * @param selector the key's name under the domain; null where it could not be told
 * @param algorithm for instance {@code rsa-sha256}, as the signature says; null where it could not be told
 */
public record DkimSignature(
        @Nullable DomainName domain,
        @Nullable String selector,
        AuthenticationResult result,
        @Nullable String algorithm) {
    /** A signature of which the algorithm is not known. */
    public DkimSignature(@Nullable DomainName domain, @Nullable String selector, AuthenticationResult result) {
        this(domain, selector, result, null);
    }
}
