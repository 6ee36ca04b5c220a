package org.postern.events.mail;

import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;

/**
 * The domains that authentication was about, and how they fit together. Domains only: no address is an identity here.
 *
 * @param mailFrom the domain of the reverse-path, which SPF verifies (RFC 7208 section 2.4); null with a null reverse-path,
 *     or where no envelope is known
 * @param helo what the client called itself, which SPF verifies without a reverse-path; null where it is no domain,
 *     or is not told, since it names the client
 * @param headerFrom the domain of the From field, which DMARC verifies; null where there is not exactly one
 * @param spfAligned whether SPF passed for a domain of the same organisation as {@code headerFrom} (RFC 7489 section 3.1)
 * @param dkimAligned whether a signature that passed is of the same organisation as {@code headerFrom}
 * @param arcInstances how many sets of ARC the mail has (RFC 8617); 0 without
 * @param arcSealer the domain of the newest seal; null without
 */
public record SenderIdentities(
        @Nullable DomainName mailFrom,
        @Nullable DomainName helo,
        @Nullable DomainName headerFrom,
        boolean spfAligned,
        boolean dkimAligned,
        int arcInstances,
        @Nullable DomainName arcSealer) {}
