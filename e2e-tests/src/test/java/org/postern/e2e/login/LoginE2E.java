package org.postern.e2e.login;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Suite;

/** A browser logs in at the real identity provider, calls with its cookie, and is out after a logout on either side. */
class LoginE2E {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");

    private final Map<String, String> cookiesOfDoor = new LinkedHashMap<>();
    private final Map<String, String> cookiesOfProvider = new LinkedHashMap<>();

    @Test
    void a_user_logs_in_calls_with_the_cookie_and_logs_out_here() {
        logIn("alice", "/login?return=/openapi");
        assertThat(door().get("/").asString()).contains("<strong>alice</strong>", "push-subscribe");
        assertThat(door().get("/v1/push/subscriptions").statusCode())
                .as("the door lets in, and the service takes the token that it is given")
                .isEqualTo(200);
        assertThat(door().get("/v1/policy").statusCode()).isEqualTo(403);
        Map<String, String> copy = Map.copyOf(cookiesOfDoor);

        Response leaving = keep(cookiesOfDoor, door().header("Origin", origin()).post("/logout"));
        assertThat(leaving.statusCode()).isEqualTo(303);
        Response left = follow(leaving.header("Location"));
        assertThat(left.statusCode()).as("the provider needs no more").isEqualTo(302);
        assertThat(left.header("Location")).isEqualTo(origin() + "/");

        cookiesOfDoor.putAll(copy);
        assertThat(door().get("/v1/push/subscriptions").statusCode())
                .as("a copy of the cookie")
                .isEqualTo(401);
        assertThat(follow(keep(cookiesOfDoor, door().get("/login")).header("Location"))
                        .statusCode())
                .as("the provider asks for the password again")
                .isEqualTo(200);
    }

    @Test
    void a_logout_at_the_provider_ends_the_cookie() {
        logIn("bob", "/login");
        assertThat(door().get("/v1/push/subscriptions").statusCode()).isEqualTo(200);
        Response asked = follow(providerAddress() + "/protocol/openid-connect/logout?client_id=postern-login");
        Matcher form = ACTION.matcher(asked.asString());
        assertThat(form.find()).as(asked.asString()).isTrue();
        Matcher code =
                Pattern.compile("name=\"session_code\" value=\"([^\"]*)\"").matcher(asked.asString());
        assertThat(code.find()).isTrue();
        keep(
                cookiesOfProvider,
                provider()
                        .formParam("session_code", code.group(1))
                        .formParam("confirmLogout", "Logout")
                        .post(URI.create(providerAddress()).resolve(unescaped(form.group(1)))));
        await().atMost(SOON).until(() -> door().get("/v1/push/subscriptions").statusCode() == 401);
    }

    private void logIn(String user, String path) {
        Response sent = keep(cookiesOfDoor, door().get(path));
        assertThat(sent.statusCode()).as(sent.asString()).isEqualTo(303);
        Response page = follow(sent.header("Location"));
        Matcher form = ACTION.matcher(page.asString());
        assertThat(form.find()).as(page.asString()).isTrue();
        Response answered = keep(
                cookiesOfProvider,
                provider()
                        .formParam("username", user)
                        .formParam(
                                "password",
                                Suite.running().file("secrets", "user.password").strip())
                        .post(URI.create(unescaped(form.group(1)))));
        assertThat(answered.statusCode()).isEqualTo(302);
        URI back = URI.create(answered.header("Location"));
        assertThat(back.toString()).startsWith(origin() + "/login/callback?");
        Response begun =
                keep(cookiesOfDoor, door().urlEncodingEnabled(false).get(back.getRawPath() + "?" + back.getRawQuery()));
        assertThat(begun.statusCode()).as(begun.asString()).isEqualTo(303);
    }

    private Response follow(String address) {
        return keep(cookiesOfProvider, provider().get(URI.create(address)));
    }

    private RequestSpecification door() {
        RequestSpecification request = Door.anybody().redirects().follow(false).header("Sec-Fetch-Site", "same-origin");
        return cookiesOfDoor.isEmpty() ? request : request.header("Cookie", header(cookiesOfDoor));
    }

    private RequestSpecification provider() {
        RequestSpecification request = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8");
        return cookiesOfProvider.isEmpty() ? request : request.header("Cookie", header(cookiesOfProvider));
    }

    private static String header(Map<String, String> cookies) {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private static Response keep(Map<String, String> cookies, Response response) {
        for (String cookie : response.headers().getValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (cookie.toLowerCase().contains("max-age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return response;
    }

    private static String unescaped(String html) {
        return html.replace("&amp;", "&");
    }

    private static String origin() {
        return "http://127.0.0.1:" + Suite.running().port("GATEWAY");
    }

    private static String providerAddress() {
        return "http://127.0.0.1:" + Suite.running().port("KEYCLOAK") + "/realms/postern";
    }
}
