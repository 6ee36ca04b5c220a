package org.postern.gateway.token;

import java.time.Duration;
import java.util.Set;

/**
 * What this installation accepts.
 *
 * @param algorithms of signatures, as in the header; never {@code none}, never a symmetric one
 * @param parties to whom tokens may have been issued ({@code azp}); empty: to any client of the provider
 * @param clockSkew how far the provider's clock may be from ours
 * @param longestLife a token that lives longer is refused, since a revocation is forgotten after that time
 * @param largest the most characters of a token
 */
public record TokenRules(
        Set<String> algorithms, Set<String> parties, Duration clockSkew, Duration longestLife, int largest) {
    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    public TokenRules {
        algorithms = Set.copyOf(algorithms);
        parties = Set.copyOf(parties);
        if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
            throw new IllegalArgumentException("the algorithms of access tokens must be some of "
                    + ASYMMETRIC.stream().sorted().toList());
        }
    }
}
