package org.postern.events.mail;

import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;

/**
 * One DKIM signature of a message (RFC 6376).
 *
 * @param domain who signed; null where it could not be told
 * @param selector the key's name under the domain; null where it could not be told
 */
public record DkimSignature(
        @Nullable DomainName domain, @Nullable String selector, AuthenticationResult result) {}
