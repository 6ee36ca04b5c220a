package org.postern.gateway.replicas;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.postern.gateway.SelfSigned;
import org.postern.testsupport.FreePorts;

/** A certificate that is exchanged on the disk, as those do that renew them, and what a client is shown. */
public final class Certificates {
    private final int port = FreePorts.next();
    private final Path folder;

    public Certificates() {
        try {
            folder = Files.createTempDirectory("tls");
            exchange();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("openssl makes no certificate", e);
        }
    }

    /** The certificate, as PEM. */
    public Path certificate() {
        return folder.resolve("tls.crt");
    }

    /** Its key, as PEM. */
    public Path key() {
        return folder.resolve("tls.key");
    }

    Map<String, String> settings() {
        return Map.of(
                "quarkus.http.ssl-port",
                Integer.toString(port),
                "quarkus.http.insecure-requests",
                "enabled",
                "quarkus.http.tls-configuration-name",
                "door",
                "quarkus.tls.door.reload-period",
                "1S",
                "quarkus.tls.door.key-store.pem.0.cert",
                certificate().toString(),
                "quarkus.tls.door.key-store.pem.0.key",
                key().toString());
    }

    /** Another certificate with another name takes the place of the one that is there. */
    void exchange() throws IOException, InterruptedException {
        Path key = folder.resolve("new.key");
        Path certificate = folder.resolve("new.crt");
        SelfSigned.make(UUID.randomUUID().toString(), key, certificate);
        Files.move(key, key(), StandardCopyOption.REPLACE_EXISTING);
        Files.move(certificate, certificate(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a client saw. */
    record Seen(int status, String name, String strictTransport) {}

    /** Asks over a connection of its own. */
    Seen ask(String path) throws IOException, GeneralSecurityException {
        HttpsURLConnection connection = (HttpsURLConnection)
                URI.create("https://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setSSLSocketFactory(trusting());
        connection.setHostnameVerifier((host, session) -> true);
        connection.setRequestProperty("Connection", "close");
        try {
            int status = connection.getResponseCode();
            String name = ((X509Certificate) connection.getServerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
            return new Seen(status, name, String.valueOf(connection.getHeaderField("Strict-Transport-Security")));
        } finally {
            connection.disconnect();
        }
    }

    /** Connections whose certificate is believed. */
    public static SSLSocketFactory trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context.getSocketFactory();
    }

    /** It is the name that matters here, and nobody else listens on loopback. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Nobody shows one.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Made a moment ago.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
