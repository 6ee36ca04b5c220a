package org.postern.gateway.oidc;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.JsonWebKeySet;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigContext;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A provider whose keys are known, as quarkus-oidc would have fetched them. */
public final class OneProvider extends Providers {
    private final TenantConfigContext context;

    public OneProvider() {
        super(null, new KeySets(Set.of("RS256")));
        OidcTenantConfig config = OidcTenantConfig.authServerUrl(org.postern.testsupport.OidcProvider.issuer())
                .clientId("postern-api")
                .token()
                .issuer(org.postern.testsupport.OidcProvider.issuer())
                .audience("any")
                .lifespanGrace(10)
                .end()
                .jwks()
                .tryAll()
                .end()
                .roles()
                .roleClaimPath("realm_access/roles")
                .end()
                .build();
        OidcProvider provider = new OidcProvider(null, config, new JsonWebKeySet(keys()));
        context = TenantConfigContext.createReady(provider, config).await().indefinitely();
    }

    @Override
    List<TenantConfigContext> all() {
        return List.of(context);
    }

    private static String keys() {
        RSAPublicKey key = org.postern.testsupport.OidcProvider.publicKey();
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\""
                + base64(key.getModulus()) + "\",\"e\":\"" + base64(key.getPublicExponent()) + "\"}]}";
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
