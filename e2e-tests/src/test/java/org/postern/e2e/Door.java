package org.postern.e2e;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.Map;

/** The gateway of the running suite, and tokens of its real identity provider. */
final class Door {
    private static final Map<String, String> TOKENS = new LinkedHashMap<>();

    private Door() {}

    /** A request without a token. */
    static RequestSpecification anybody() {
        return given().baseUri("http://127.0.0.1").port(Suite.running().port("GATEWAY"));
    }

    /** A request with a token that has every role. */
    static RequestSpecification operator() {
        return anybody().header("Authorization", "Bearer " + token());
    }

    /** A request with a token that has one role. */
    static RequestSpecification withRole(String role) {
        return anybody().header("Authorization", "Bearer " + token("--role", role));
    }

    /** A token as {@code ./postern token} prints it. Good for the run of one test class. */
    static synchronized String token(String... arguments) {
        return TOKENS.computeIfAbsent(String.join(" ", arguments), key -> {
            String[] command = new String[arguments.length + 1];
            command[0] = "token";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            return Suite.running().postern(command).strip();
        });
    }

    /** Forgets the tokens: they live for minutes. */
    static synchronized void forgetTokens() {
        TOKENS.clear();
    }

    /** Hands a mail in and waits for its verdict. */
    static Response submit(byte[] mail, String from, String... recipients) {
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
