package org.postern.gateway.lemonldap;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.postern.testsupport.FreePorts;

/** The portal of LemonLDAP::NG as Debian packages it, with its demonstration users and the door as a relying party. */
public class LemonLdap implements QuarkusTestResourceLifecycleManager {
    /** As {@link org.postern.gateway.door.Upstream} has it. */
    private static final String SECRET = "secret-of-the-client";

    private static volatile int port;

    private Path folder;
    private Process portal;

    /** The portal's address. */
    static String address() {
        return "http://localhost:" + port;
    }

    @Override
    public Map<String, String> start() {
        try {
            port = FreePorts.next();
            folder = Files.createTempDirectory("lemonldap");
            for (String name : List.of("conf", "cache", "sessions", "psessions")) {
                Files.createDirectory(folder.resolve(name));
            }
            KeyPair keys = keys();
            Map<String, String> values = Map.of(
                    "@DIR@", folder.toString(),
                    "@PORT@", Integer.toString(port),
                    "@KEY@", UUID.randomUUID().toString(),
                    "@SECRET@", SECRET,
                    "@ORIGIN@", "http://127.0.0.1:8080",
                    "@PRIVATE@", pem("PRIVATE KEY", keys.getPrivate()),
                    "@PUBLIC@", pem("PUBLIC KEY", keys.getPublic()));
            write("portal.psgi", "portal.psgi", values);
            write("lemonldap-ng.ini", "lemonldap-ng.ini", values);
            write("lmConf-1.json", "conf/lmConf-1.json", values);
            launch();
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "LemonLDAP::NG cannot be started: starman and liblemonldap-ng-portal-perl", e);
        }
        return Map.of(
                "quarkus.oidc.auth-server-url", address(),
                "quarkus.oidc.roles.role-claim-path", "groups",
                "postern.gateway.login.scopes", "openid,postern");
    }

    private void launch() throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        "starman", "--listen", "127.0.0.1:" + port, "--workers", "2", "portal.psgi")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        command.environment()
                .put("LLNG_DEFAULTCONFFILE", folder.resolve("lemonldap-ng.ini").toString());
        portal = command.start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(LemonLdap::listens);
    }

    private static boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void write(String resource, String file, Map<String, String> values) throws IOException {
        try (InputStream in = LemonLdap.class.getResourceAsStream("/lemonldap/" + resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace(value.getKey(), value.getValue());
            }
            Files.writeString(folder.resolve(file), text);
        }
    }

    private static KeyPair keys() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** In one line, as JSON has it. */
    private static String pem(String kind, Key key) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + kind + "-----\\n" + lines.replace("\n", "\\n") + "\\n-----END " + kind + "-----\\n";
    }

    @Override
    public void stop() {
        if (portal == null) {
            return;
        }
        portal.descendants().forEach(ProcessHandle::destroy);
        portal.destroy();
        try {
            if (!portal.waitFor(5, TimeUnit.SECONDS)) {
                portal.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
