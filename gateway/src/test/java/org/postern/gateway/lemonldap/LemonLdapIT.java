package org.postern.gateway.lemonldap;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postern.gateway.call.Browser;
import org.postern.gateway.door.Upstream;
import org.postern.testsupport.KafkaBroker;

/** LemonLDAP::NG of Debian as the provider: login, tokens, roles from groups, front-channel logout. */
@QuarkusTest
@QuarkusTestResource(value = Upstream.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = LemonLdap.class, restrictToAnnotatedClass = true)
@Timeout(60)
class LemonLdapIT {
    private static final Pattern FIELD = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");
    private static final Pattern FRAME = Pattern.compile("<iframe src=\"([^\"]*)\"");

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    private final Browser browser = new Browser();
    private String portalCookie = "";

    @BeforeEach
    void awaitProvider() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get(readiness).statusCode() == 200);
    }

    @Test
    void a_user_logs_in_has_the_roles_of_his_groups_and_is_out_when_he_logs_out_at_the_portal() {
        Response back = login("dwho");
        assertThat(back.statusCode()).as(back.asString()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/openapi");
        assertThat(browser.own().get("/").asString()).contains("<strong>dwho</strong>", "mail-read-all");
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(200);
        assertThat(browser.own()
                        .header("Postern-Csrf", "1")
                        .delete("/v1/messages/1")
                        .statusCode())
                .as("of a group that he is not in")
                .isEqualTo(403);

        String token = Upstream.bearer();
        assertThat(given().header("Authorization", "Bearer " + token)
                        .get("/v1/messages/1")
                        .statusCode())
                .as("the same token as a bearer's")
                .isEqualTo(200);

        Response page = portal(LemonLdap.address() + "/?logout=1");
        Matcher frame = FRAME.matcher(page.asString());
        assertThat(frame.find()).as(page.asString()).isTrue();
        URI told = URI.create(frame.group(1).replace("&amp;", "&"));
        assertThat(browser.with("same-site")
                        .urlEncodingEnabled(false)
                        .header("Sec-Fetch-Dest", "iframe")
                        .get(told.getPath() + "?" + told.getRawQuery())
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
    }

    @Test
    void two_users_have_the_roles_each_of_his_own_groups() {
        login("rtyler");
        assertThat(browser.own().get("/").asString()).contains("mail-read-own").doesNotContain("mail-read-all");
        String claims = new String(Base64.getUrlDecoder().decode(bearerClaims()), StandardCharsets.UTF_8);
        assertThat(claims).contains("postern-api", "rtyler");
    }

    @Test
    void what_this_provider_lacks_is_said() {
        assertThat(given().get(readiness).asString())
                .contains("no back-channel logout: a browser's session ends by the front channel");
    }

    private String bearerClaims() {
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(200);
        return Upstream.bearer().split("\\.")[1];
    }

    private Response login(String user) {
        Response sent = browser.take(browser.with("same-origin").get("/login?return=/openapi"));
        String address = sent.header("Location");
        Response form = portal(address);
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(form.asString());
        while (field.find()) {
            Matcher name = NAME.matcher(field.group());
            Matcher value = VALUE.matcher(field.group());
            if (name.find() && value.find()) {
                fields.put(name.group(1), value.group(1).replace("&amp;", "&"));
            }
        }
        fields.put("user", user);
        fields.put("password", user);
        Response answered = keep(given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("Cookie", portalCookie)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .body(encoded(fields))
                .post(URI.create(address)));
        String location = answered.header("Location");
        assertThat(location).as(answered.asString()).isNotNull();
        URI callback = URI.create(location);
        return browser.take(browser.with("cross-site")
                .urlEncodingEnabled(false)
                .get(callback.getRawPath() + "?" + callback.getRawQuery()));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Response portal(String address) {
        return keep(given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("Cookie", portalCookie)
                .header("Accept", "text/html")
                .get(URI.create(address)));
    }

    private Response keep(Response response) {
        for (String cookie : response.headers().getValues("Set-Cookie")) {
            if (cookie.startsWith("lemonldap=")) {
                portalCookie = cookie.split(";", 2)[0];
            }
        }
        return response;
    }
}
