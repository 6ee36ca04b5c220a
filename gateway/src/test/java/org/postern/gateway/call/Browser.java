package org.postern.gateway.call;

import static io.restassured.RestAssured.given;

import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.postern.testsupport.OidcProvider;

/** What a browser does that logs in: it keeps cookies, follows where it is sent, and says which page it is on. */
public final class Browser {
    static final String ORIGIN = "http://127.0.0.1:8080";

    private final Map<String, String> cookies = new LinkedHashMap<>();
    final String subject = "subject-" + UUID.randomUUID();
    final String session = "session-" + UUID.randomUUID();

    /** A request with its cookies, as a page of our own makes it. */
    public RequestSpecification own() {
        return with("same-origin").header("Origin", ORIGIN);
    }

    /** A request with its cookies, from somewhere. */
    public RequestSpecification with(String site) {
        RequestSpecification request = given().redirects().follow(false).header("Sec-Fetch-Site", site);
        return cookies.isEmpty() ? request : request.header("Cookie", cookieHeader());
    }

    String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Takes the cookies of an answer, as RFC 6265 has it. */
    public Response take(Response response) {
        for (Header header : response.headers().getList("Set-Cookie")) {
            String[] pair = header.getValue().split(";", 2)[0].split("=", 2);
            if (header.getValue().toLowerCase().contains("max-age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return response;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    /** Goes to the login; what the provider is asked. */
    Map<String, String> begin(String query) {
        Response sent = take(with("same-origin").get("/login" + query));
        return parameters(sent.header("Location"));
    }

    /** Comes back from the provider, which gives tokens that begin as good ones. */
    Response comeBack(Map<String, String> asked, long life, UnaryOperator<String> idClaims, String... roles) {
        OidcProvider.answerTokens(form -> tokens(asked.get("nonce"), life, idClaims, roles));
        return take(with("cross-site")
                .get("/login/callback?code=c&state=" + asked.get("state") + "&iss=" + OidcProvider.issuer()));
    }

    Response login(String... roles) {
        return comeBack(begin("?return=/openapi"), 300, UnaryOperator.identity(), roles);
    }

    String tokens(String nonce, long life, UnaryOperator<String> idClaims, String... roles) {
        long now = Instant.now().getEpochSecond();
        String access = OidcProvider.signed(
                "{\"alg\":\"RS256\",\"kid\":\"k\"}",
                OidcProvider.claims(subject, session, roles)
                        .replaceFirst(
                                "\"exp\":\\d+",
                                "\"exp\":" + (now + life) + ",\"jti\":\"" + UUID.randomUUID()
                                        + "\",\"acr\":\"1\",\"auth_time\":" + now));
        String id = OidcProvider.signed(
                "{\"alg\":\"RS256\",\"kid\":\"k\",\"typ\":\"JWT\"}",
                idClaims.apply("{\"iss\":\"" + OidcProvider.issuer() + "\",\"aud\":\"postern-login\",\"sub\":\""
                        + subject
                        + "\",\"sid\":\"" + session + "\",\"nonce\":\"" + nonce + "\",\"iat\":" + now + ",\"exp\":"
                        + (now + 300) + ",\"preferred_username\":\"<b>carol</b>\"}"));
        return "{\"access_token\":\"" + access + "\",\"id_token\":\"" + id + "\",\"refresh_token\":\"refresh-"
                + UUID.randomUUID() + "\",\"token_type\":\"Bearer\"}";
    }

    static Map<String, String> parameters(String address) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : URI.create(address).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
