package org.postern.message.withdrawal;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.postern.testsupport.James;

/** A mail server that this service may open the mailboxes of. */
public class JamesMailboxes implements QuarkusTestResourceLifecycleManager {
    static James james;

    @Override
    public Map<String, String> start() {
        james = James.start();
        james.user("postern");
        try {
            Path secret = Files.writeString(Files.createTempFile("jmap", ".secret"), James.PASSWORD);
            return Map.of(
                    "postern.withdrawal.enabled",
                    "true",
                    "postern.withdrawal.url",
                    james.url(),
                    "postern.withdrawal.user",
                    "postern@example.org",
                    "postern.withdrawal.secret-file",
                    secret.toString(),
                    "postern.withdrawal.allowed-networks",
                    "127.0.0.0/8",
                    "postern.withdrawal.first-pause",
                    "1S",
                    "postern.withdrawal.sweep-every",
                    "0.2S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (james != null) {
            james.close();
        }
    }
}
