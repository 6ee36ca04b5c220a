package org.postern.gateway.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postern.gateway.config.GatewayConfig;
import org.postern.gateway.token.CompactToken;
import org.postern.gateway.token.SigningKeys;

/**
 * The sets of keys that quarkus-oidc reads. It chooses a key by its name alone: before it sees a set, the keys that may
 * not check the signature of a token are taken out, and of the others it is remembered for which algorithm they are.
 */
@ApplicationScoped
@Unremovable
@OidcEndpoint(OidcEndpoint.Type.JWKS)
public class KeySets implements OidcResponseFilter {
    private static final Logger LOG = Logger.getLogger(KeySets.class);
    private static final long MOST_KEYS = 10_000;

    private final Set<String> algorithms;

    /** By the name of a key; two providers may give the same name. */
    private final Cache<String, Set<String>> algorithmsOfKeys =
            Caffeine.newBuilder().maximumSize(MOST_KEYS).build();

    @Inject
    KeySets(GatewayConfig config) {
        this(config.tokens().algorithms());
    }

    KeySets(Set<String> algorithms) {
        this.algorithms = Set.copyOf(algorithms);
    }

    @Override
    public Uni<Void> filter(OidcResponseFilterContext answer) {
        Buffer set = answer.responseBody();
        if (set != null) {
            answer.responseBody(Buffer.buffer(kept(set.toString())));
        }
        return Uni.createFrom().voidItem();
    }

    String kept(String set) {
        try {
            JsonNode kept = SigningKeys.of(set, algorithms);
            kept.path("keys").forEach(this::note);
            return kept.toString();
        } catch (JsonProcessingException e) {
            LOG.warn("a provider answers something that is no set of keys");
            return set;
        }
    }

    private void note(JsonNode key) {
        if (key.path("kid").isTextual()) {
            Set<String> own = key.has("alg") ? Set.of(key.path("alg").asText()) : algorithms;
            algorithmsOfKeys.asMap().merge(key.path("kid").textValue(), own, KeySets::union);
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    /** Whether the algorithm of a token is that of the key which it names. */
    boolean agreeWith(CompactToken token) {
        Set<String> own = token.keyId() == null ? null : algorithmsOfKeys.getIfPresent(token.keyId());
        return own == null || own.contains(token.algorithm());
    }
}
