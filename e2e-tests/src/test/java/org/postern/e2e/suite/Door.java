package org.postern.e2e.suite;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The gateway of the running suite, and tokens of its real identity provider. */
public final class Door {
    /** Shorter than a token lives. */
    private static final Duration KEPT = Duration.ofMinutes(3);

    private static final Map<String, Token> TOKENS = new LinkedHashMap<>();

    private record Token(String value, Instant until) {}

    private Door() {}

    /** A request without a token. */
    public static RequestSpecification anybody() {
        return given().baseUri("http://127.0.0.1").port(Suite.running().port("GATEWAY"));
    }

    /** A request with a token that has every role. */
    public static RequestSpecification operator() {
        return anybody().header("Authorization", "Bearer " + token());
    }

    /** A request with a token that has one role. */
    public static RequestSpecification withRole(String role) {
        return anybody().header("Authorization", "Bearer " + token("--role", role));
    }

    /** A request of a user of a webmail, who is known by name and password. */
    public static RequestSpecification user(String name) {
        return anybody().header("Authorization", "Bearer " + userToken(name));
    }

    /** The token of a user of a webmail. */
    public static String userToken(String name) {
        return cached("user " + name, () -> login(name));
    }

    /** A token as {@code ./postern token} prints it. */
    public static String token(String... arguments) {
        return cached("token " + String.join(" ", arguments), () -> {
            String[] command = new String[arguments.length + 1];
            command[0] = "token";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            return Suite.running().postern(command).strip();
        });
    }

    private static synchronized String cached(String name, Supplier<String> fresh) {
        return TOKENS.compute(
                        name,
                        (n, token) -> token == null || token.until().isBefore(Instant.now())
                                ? new Token(fresh.get(), Instant.now().plus(KEPT))
                                : token)
                .value();
    }

    /** A provider that is started anew signs with keys of its own: what it gave before counts no more. */
    public static synchronized void forgetTokens() {
        TOKENS.clear();
    }

    private static String login(String name) {
        return given().baseUri("http://127.0.0.1")
                .port(Suite.running().port("KEYCLOAK"))
                .contentType("application/x-www-form-urlencoded")
                .formParam("grant_type", "password")
                .formParam("client_id", "postern-web")
                .formParam("username", name)
                .formParam(
                        "password",
                        Suite.running().file("secrets", "user.password").strip())
                .post("/realms/postern/protocol/openid-connect/token")
                .jsonPath()
                .getString("access_token");
    }

    /** Hands a mail in and waits for its verdict. */
    public static Response submit(byte[] mail, String from, String... recipients) {
        RequestSpecification request = operator()
                .contentType("message/rfc822")
                .header("Envelope-From", from)
                .header("Client-Ip", "192.0.2.10")
                .header("Client-Helo", "mail.example.com")
                .header("Prefer", "wait=30");
        for (String recipient : recipients) {
            request = request.header("Envelope-To", recipient);
        }
        return request.body(mail).post("/v1/messages");
    }
}
