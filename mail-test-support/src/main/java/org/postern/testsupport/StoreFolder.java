package org.postern.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** A folder for the store, and its key. */
public class StoreFolder implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            Path root = Files.createTempDirectory("store");
            Path key = Files.createTempFile("store", ".key");
            byte[] secret = new byte[32];
            new java.security.SecureRandom().nextBytes(secret);
            Files.writeString(key, Base64.getEncoder().encodeToString(secret));
            return Map.of(
                    "postern.store.root", root.toString(),
                    "postern.store.key-file", key.toString(),
                    "postern.recipients.key-file", key.toString(),
                    "postern.history.key-file", key.toString(),
                    "postern.rendition.signing-key-file", key.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {}
}
