package org.postern.gateway.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A provider as no real one lets itself be made: its keys change at will, and it falls silent. */
final class Issuer {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private static final String TO_SIGN = ",\"use\":\"sig\",\"alg\":\"RS256\"";

    private final Map<String, KeyPair> keys = new ConcurrentHashMap<>();
    private final Map<String, String> purposes = new ConcurrentHashMap<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    final AtomicInteger introspections = new AtomicInteger();
    private final int port;
    private HttpServer server;

    Issuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        port = server.getAddress().getPort();
        addKey("one");
        serve();
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** It answers no longer. */
    void fallSilent() {
        server.stop(0);
    }

    /** It answers again. */
    void speak() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        serve();
    }

    private void serve() {
        answer(
                "/.well-known/openid-configuration",
                () -> "{\"issuer\":\"" + address() + "\",\"jwks_uri\":\"" + address()
                        + "/jwks\",\"introspection_endpoint\":\"" + address() + "/introspect\",\"token_endpoint\":\""
                        + address()
                        + "/token\",\"authorization_endpoint\":\"" + address() + "/auth\"}");
        answer(
                "/jwks",
                () -> "{\"keys\":[{\"kty\":\"unheard-of\",\"kid\":\"x\"},"
                        + keys.entrySet().stream().map(this::jwk).collect(Collectors.joining(",")) + "]}");
        server.createContext("/introspect", this::introspect);
        server.start();
    }

    private void introspect(HttpExchange exchange) throws IOException {
        introspections.incrementAndGet();
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean good = active.stream().anyMatch(token -> form.contains("token=" + token));
        long now = Instant.now().getEpochSecond();
        send(
                exchange,
                good
                        ? "{\"active\":true,\"sub\":\"somebody\",\"aud\":\"postern-api\",\"iat\":" + now + ",\"exp\":"
                                + (now + 300) + ",\"realm_access\":{\"roles\":[\"mail-read-all\"]}}"
                        : "{\"active\":false}");
    }

    private void answer(String path, Supplier<String> json) {
        server.createContext(path, exchange -> send(exchange, json.get()));
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void addKey(String name) {
        addKey(name, TO_SIGN);
    }

    /** A key that says by these members what it is for. */
    void addKey(String name, String purpose) {
        purposes.put(name, purpose);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys.put(name, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It publishes a key no longer; what was signed by it can still be made here. */
    KeyPair takeBack(String name) {
        return keys.remove(name);
    }

    String token(String key) {
        return token(key, keys.get(key), address());
    }

    /** A token that does not say which key it was signed with. */
    String tokenWithoutKeyId(String key) {
        return tokenWithoutKeyId(keys.get(key), address());
    }

    static String tokenWithoutKeyId(KeyPair key, String issuer) {
        return signed("{\"alg\":\"RS256\"}", key, issuer);
    }

    static String token(String name, KeyPair key, String issuer) {
        return signed("{\"alg\":\"RS256\",\"kid\":\"" + name + "\"}", key, issuer);
    }

    private static String signed(String header, KeyPair key, String issuer) {
        long now = Instant.now().getEpochSecond();
        String content = encoded(header) + "."
                + encoded("{\"iss\":\"" + issuer + "\",\"aud\":\"postern-api\",\"sub\":\"s\",\"jti\":\""
                        + UUID.randomUUID()
                        + "\",\"iat\":" + now + ",\"exp\":" + (now + 300)
                        + ",\"realm_access\":{\"roles\":[\"mail-read-all\"]},\"groups\":[\"mail-read-all\"]}");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token that says nothing itself, good until {@link #forget}. */
    String opaqueToken() {
        String token = "opaque-" + UUID.randomUUID();
        active.add(token);
        return token;
    }

    void forget(String token) {
        active.remove(token);
    }

    private String jwk(Map.Entry<String, KeyPair> entry) {
        RSAPublicKey key = (RSAPublicKey) entry.getValue().getPublic();
        return "{\"kty\":\"RSA\",\"kid\":\"" + entry.getKey() + "\"" + purposes.get(entry.getKey()) + ",\"n\":\""
                + base64(key.getModulus()) + "\",\"e\":\"" + base64(key.getPublicExponent()) + "\"}";
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
