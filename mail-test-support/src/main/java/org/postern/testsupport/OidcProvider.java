package org.postern.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An OpenID provider as far as a bearer token needs one: discovery, keys, and tokens of every kind a test wants. */
public class OidcProvider implements QuarkusTestResourceLifecycleManager {
    private static final KeyPair KEYS = keys();
    private static final KeyPair FOREIGN_KEYS = keys();
    private static final long LIFETIME_SECONDS = 300;

    private static volatile Function<String, String> tokenEndpoint = form -> "";
    private static volatile String issuer = "http://127.0.0.1/never-started";

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        listen(0);
        return Map.of("quarkus.oidc.auth-server-url", issuer);
    }

    /** Starts it on a port; 0 is any. */
    protected final void listen(int port) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
            issuer = "http://127.0.0.1:" + started.getAddress().getPort() + "/realms/postern";
            RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
            answer(
                    started,
                    "/realms/postern/jwks",
                    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\""
                            + base64(unsigned(key.getModulus().toByteArray())) + "\",\"e\":\""
                            + base64(key.getPublicExponent().toByteArray()) + "\"}]}");
            answer(
                    started,
                    "/realms/postern/.well-known/openid-configuration",
                    "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/jwks\",\"token_endpoint\":\"" + issuer
                            + "/token\",\"authorization_endpoint\":\"" + issuer + "/auth\",\"end_session_endpoint\":\""
                            + issuer
                            + "/logout\"}");
            started.createContext("/realms/postern/token", OidcProvider::tokens);
            started.start();
            server = started;
        } catch (IOException e) {
            throw new IllegalStateException("the OpenID provider of the test cannot start", e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /**
     * What its token endpoint answers from now on.
     *
     * @param answer of the body of a request, a form; JSON, or empty text where the grant is refused
     */
    public static void answerTokens(Function<String, String> answer) {
        tokenEndpoint = answer;
    }

    private static void tokens(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer = tokenEndpoint.apply(form);
        byte[] body = (answer.isEmpty() ? "{\"error\":\"invalid_grant\"}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.isEmpty() ? 400 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A good token with these roles. */
    public static String token(String... roles) {
        return signed(KEYS.getPrivate(), "RS256", issuer, "postern-api", LIFETIME_SECONDS, roles);
    }

    /** A good token of somebody with a mailbox. */
    public static String tokenOf(String address, String... roles) {
        return signed(KEYS.getPrivate(), content("RS256", issuer, "postern-api", LIFETIME_SECONDS, address, roles));
    }

    /** A good token of another tenant. */
    public static String tokenOfTenant(String tenant, String... roles) {
        String claims = content("RS256", issuer, "postern-api", LIFETIME_SECONDS, null, roles);
        int dot = claims.indexOf('.');
        String json = new String(Base64.getUrlDecoder().decode(claims.substring(dot + 1)), StandardCharsets.UTF_8);
        String ours = json.substring(0, json.length() - 1) + ",\"postern_tenant\":\"" + tenant + "\"}";
        return signed(
                KEYS.getPrivate(), claims.substring(0, dot) + "." + base64(ours.getBytes(StandardCharsets.UTF_8)));
    }

    /** A token for another audience. */
    public static String tokenForOthers(String... roles) {
        return signed(KEYS.getPrivate(), "RS256", issuer, "somebody-else", LIFETIME_SECONDS, roles);
    }

    /** A token that has expired. */
    public static String expiredToken(String... roles) {
        return signed(KEYS.getPrivate(), "RS256", issuer, "postern-api", -LIFETIME_SECONDS, roles);
    }

    /** A token of another issuer, signed with our key. */
    public static String tokenOfAnotherIssuer(String... roles) {
        return signed(KEYS.getPrivate(), "RS256", "https://issuer.example", "postern-api", LIFETIME_SECONDS, roles);
    }

    /** A token signed with a key that is not ours. */
    public static String forgedToken(String... roles) {
        return signed(FOREIGN_KEYS.getPrivate(), "RS256", issuer, "postern-api", LIFETIME_SECONDS, roles);
    }

    /** A token that says it needs no signature. */
    public static String unsignedToken(String... roles) {
        return content("none", issuer, "postern-api", LIFETIME_SECONDS, null, roles) + ".";
    }

    /** The issuer of its tokens. */
    public static String issuer() {
        return issuer;
    }

    /** The key that its tokens are checked with. */
    public static RSAPublicKey publicKey() {
        return (RSAPublicKey) KEYS.getPublic();
    }

    /** A token of this header and these claims, both as JSON, signed with its key by RS256 whatever the header says. */
    public static String signed(String header, String claims) {
        return signed(
                KEYS.getPrivate(),
                base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                        + base64(claims.getBytes(StandardCharsets.UTF_8)));
    }

    /** The claims, as JSON, of a token of a session: good for five minutes from now. */
    public static String claims(String subject, String session, String... roles) {
        long now = Instant.now().getEpochSecond();
        String list = Arrays.stream(roles).map(role -> "\"" + role + "\"").collect(Collectors.joining(","));
        return "{\"iss\":\"" + issuer + "\",\"aud\":\"postern-api\",\"sub\":\"" + subject + "\",\"sid\":\"" + session
                + "\",\"iat\":" + now + ",\"exp\":" + (now + LIFETIME_SECONDS) + ",\"realm_access\":{\"roles\":["
                + list + "]}}";
    }

    private static String signed(
            PrivateKey key, String algorithm, String issuer, String audience, long lifetime, String... roles) {
        return signed(key, content(algorithm, issuer, audience, lifetime, null, roles));
    }

    private static String signed(PrivateKey key, String content) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with RSA", e);
        }
    }

    private static String content(
            String algorithm,
            String issuer,
            String audience,
            long lifetime,
            @Nullable String address,
            String... roles) {
        long now = Instant.now().getEpochSecond();
        String list = Arrays.stream(roles).map(role -> "\"" + role + "\"").collect(Collectors.joining(","));
        String head = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"k\"}";
        String claims = "{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\""
                + (address == null ? "tester" : "subject-of-" + address.hashCode())
                + (address == null ? "" : "\",\"email\":\"" + address) + "\",\"iat\":" + (now - LIFETIME_SECONDS)
                + ",\"exp\":" + (now + lifetime) + ",\"realm_access\":{\"roles\":[" + list
                + "]}}";
        return base64(head.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpServer server, String path, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes RSA keys", e);
        }
    }

    private static byte[] unsigned(byte[] bytes) {
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
