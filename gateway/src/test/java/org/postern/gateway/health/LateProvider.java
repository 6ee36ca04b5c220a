package org.postern.gateway.health;

import java.util.Map;
import org.postern.testsupport.FreePorts;
import org.postern.testsupport.OidcProvider;

/** An OpenID provider that is not there yet. */
public class LateProvider extends OidcProvider {
    private static final int PORT = FreePorts.next();

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.oidc.auth-server-url", "http://127.0.0.1:" + PORT + "/realms/postern");
    }

    /** Starts it at last. */
    void arrive() {
        listen(PORT);
    }
}
