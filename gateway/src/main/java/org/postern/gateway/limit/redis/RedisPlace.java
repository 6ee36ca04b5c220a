package org.postern.gateway.limit.redis;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.redis.client.RedisOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Redis is, and what is shown to it.
 *
 * @param address {@code redis://} or {@code rediss://}, perhaps a user, a host, perhaps a port and the number of a database
 * @param password empty where it asks for none
 * @param trust certificates, as PEM, that sign its own; empty for those that Java trusts
 */
public record RedisPlace(URI address, Optional<String> password, Optional<Path> trust) {
    private static final String SETTING = "postern.gateway.limits.shared.";
    private static final Pattern DATABASE = Pattern.compile("/?|/\\d{1,5}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.~-]+");
    private static final int USUAL_PORT = 6379;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int MOST_WAITING = 4_096;

    /**
     * Reads settings.
     *
     * @throws IllegalArgumentException where they cannot be used; it names the setting
     */
    public static RedisPlace of(String address, Optional<Path> passwordFile, Optional<Path> trustFile) {
        URI place = place(address);
        if (trustFile.isPresent() && !isEncrypted(place)) {
            throw refused("trust-file", "is for rediss:// only");
        }
        trustFile.ifPresent(RedisPlace::requireCertificates);
        return new RedisPlace(place, passwordFile.map(RedisPlace::password), trustFile);
    }

    private static URI place(String address) {
        URI place;
        try {
            place = URI.create(address);
        } catch (IllegalArgumentException e) {
            // Not the cause, which holds the address: somebody may have written a password into it.
            throw refused("redis", "is no address");
        }
        String user = place.getRawUserInfo();
        if (user != null && user.contains(":")) {
            throw refused("redis", "holds a password, which belongs into a file: " + SETTING + "password-file");
        }
        boolean plain = place.getHost() != null
                && DATABASE.matcher(place.getRawPath()).matches()
                && place.getRawQuery() == null
                && place.getRawFragment() == null
                && (user == null || USER.matcher(user).matches());
        if (!plain || !(isEncrypted(place) || "redis".equals(place.getScheme()))) {
            throw refused("redis", "must be redis://HOST:PORT or rediss://HOST:PORT, with USER@ and /DATABASE at most");
        }
        return place;
    }

    private static boolean isEncrypted(URI place) {
        return "rediss".equals(place.getScheme());
    }

    private static String password(Path file) {
        String password = new String(read(file, "password-file"), StandardCharsets.UTF_8).strip();
        if (password.isEmpty()) {
            throw refused("password-file", "is empty: " + file);
        }
        return password;
    }

    private static void requireCertificates(Path file) {
        try {
            boolean none = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(read(file, "trust-file")))
                    .isEmpty();
            if (none) {
                throw refused("trust-file", "holds no certificate: " + file);
            }
        } catch (CertificateException e) {
            throw refused("trust-file", "holds no certificates as PEM: " + file);
        }
    }

    private static byte[] read(Path file, String setting) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw refused(setting, "cannot be read: " + file);
        }
    }

    private static IllegalArgumentException refused(String setting, String why) {
        return new IllegalArgumentException(SETTING + setting + " " + why);
    }

    /** For one connection, which all event loops write to. */
    RedisOptions options() {
        NetClientOptions net =
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true);
        if (isEncrypted(address)) {
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            trust.ifPresent(file -> net.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        }
        RedisOptions options = new RedisOptions()
                .setConnectionString(connection())
                .setNetClientOptions(net)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(MOST_WAITING)
                // It is held for as long as it lasts.
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1)
                .setTracingPolicy(TracingPolicy.IGNORE);
        password.ifPresent(options::setPassword);
        return options;
    }

    /** As the client reads it: a user alone it takes from the query. */
    private String connection() {
        int port = address.getPort() == -1 ? USUAL_PORT : address.getPort();
        String user = address.getRawUserInfo() == null ? "" : "?user=" + address.getRawUserInfo();
        return address.getScheme() + "://" + address.getHost() + ":" + port + address.getRawPath() + user;
    }

    @Override
    public String toString() {
        return "RedisPlace[" + address.getScheme() + "]";
    }
}
