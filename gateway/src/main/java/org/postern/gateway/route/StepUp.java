package org.postern.gateway.route;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How surely, and how lately, the user must have proved who he is (RFC 9470). The second factor is the provider's; what
 * it is called there is the {@code acr} here.
 *
 * @param acr of which one must be the {@code acr} of the token; empty: any will do
 * @param maxAge how long ago, at most; empty: any time will do
 */
public record StepUp(Set<String> acr, Optional<Duration> maxAge) {
    public StepUp {
        acr = Set.copyOf(acr);
        if (acr.isEmpty() && maxAge.isEmpty()) {
            throw new IllegalArgumentException("a step-up asks for an acr or for an age");
        }
    }

    /**
     * Whether a token is enough. One that does not say is not.
     *
     * @param tokenAcr {@code acr}
     * @param authenticatedAt {@code auth_time}
     */
    public boolean isMetBy(@Nullable String tokenAcr, @Nullable Instant authenticatedAt, Instant now) {
        boolean sure = acr.isEmpty() || tokenAcr != null && acr.contains(tokenAcr);
        boolean recent = maxAge.isEmpty()
                || authenticatedAt != null
                        && !authenticatedAt.plus(maxAge.get()).isBefore(now);
        return sure && recent;
    }

    /** The words of a challenge and of a login that would be enough. */
    public Optional<String> acrValues() {
        return acr.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" ", acr.stream().sorted().toList()));
    }
}
