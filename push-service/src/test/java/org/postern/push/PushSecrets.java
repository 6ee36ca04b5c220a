package org.postern.push;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/** Keys of an installation, and leave to push to the loopback interface. */
public class PushSecrets implements QuarkusTestResourceLifecycleManager {
    /** The key that recipients are hashed with. */
    public static final String RECIPIENTS_KEY =
            Base64.getEncoder().encodeToString("an installation's own 32 bytes..".getBytes());

    /** The key that destinations are sealed with. */
    public static final String SECRETS_KEY =
            Base64.getEncoder().encodeToString("another 32 bytes, for the secret".getBytes());

    @Override
    public Map<String, String> start() {
        try {
            Path vapid = Files.createTempFile("vapid", ".pem");
            Files.writeString(vapid, vapidKeys());
            Path recipients = Files.createTempFile("recipients", ".key");
            Files.writeString(recipients, RECIPIENTS_KEY);
            Path secrets = Files.createTempFile("secrets", ".key");
            Files.writeString(secrets, SECRETS_KEY);
            return Map.of(
                    "postern.secrets.key-file",
                    secrets.toString(),
                    "postern.webpush.vapid-key-file",
                    vapid.toString(),
                    "postern.webpush.contact",
                    "mailto:postmaster@example.org",
                    "postern.webpush.allowed-networks",
                    "127.0.0.0/8",
                    "postern.recipients.key-file",
                    recipients.toString(),
                    "postern.delivery.first-pause",
                    "0.2S");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key pair as {@code openssl} writes it. */
    public static String vapidKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            return pem("PRIVATE KEY", keys.getPrivate().getEncoded())
                    + pem("PUBLIC KEY", keys.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    @Override
    public void stop() {}
}
