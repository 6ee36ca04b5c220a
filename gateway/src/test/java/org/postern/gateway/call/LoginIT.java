package org.postern.gateway.call;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.gateway.door.Upstream;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;

/** Browsers log in by authorization code and PKCE, and what their cookie lets in ends as a bearer's token does. */
@QuarkusTest
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Upstream.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
@Timeout(60)
class LoginIT {
    private static final UnaryOperator<String> AS_IT_IS = UnaryOperator.identity();

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private final Browser browser = new Browser();

    @BeforeEach
    void awaitRevocations() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get(readiness).statusCode() == 200);
    }

    @Test
    void the_provider_is_asked_with_pkce_a_state_and_a_nonce() {
        Map<String, String> asked = browser.begin("?return=/openapi&max_age=300&acr_values=2");
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "postern-login")
                .containsEntry("redirect_uri", Browser.ORIGIN + "/login/callback")
                .containsEntry("scope", "openid")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("max_age", "300")
                .containsEntry("acr_values", "2");
        assertThat(asked.get("state")).hasSize(43);
        assertThat(asked.get("nonce")).hasSize(43);
        assertThat(asked.get("code_challenge")).hasSize(43);
        assertThat(browser.begin("").get("state")).isNotEqualTo(asked.get("state"));
    }

    @Test
    void whoever_logs_in_gets_a_cookie_of_this_host_alone_and_goes_where_he_wanted() {
        Response back = browser.login("mail-read-all");
        assertThat(back.statusCode()).as(back.asString()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/openapi");
        assertThat(back.header("Cache-Control")).isEqualTo("no-store");
        assertThat(back.headers().getList("Set-Cookie"))
                .extracting(Header::getValue)
                .allSatisfy(cookie -> assertThat(cookie)
                        .startsWith("__Host-postern")
                        .contains("; Path=/", "; Secure", "; HTTPOnly", "; SameSite=Lax")
                        .doesNotContain("Domain")
                        .hasSizeLessThan(4_096));
        assertThat(browser.cookies().keySet())
                .anyMatch("__Host-postern"::equals)
                .noneMatch("__Host-postern-login"::equals);

        Response used = browser.own().get("/v1/messages/1");
        assertThat(used.statusCode()).as(used.asString()).isEqualTo(200);
        assertThat(Upstream.HEADERS)
                .anyMatch(header -> header.startsWith("authorization: Bearer ey"))
                .noneMatch(header -> header.startsWith("cookie"));
        assertThat(browser.own().get("/").asString())
                .contains("Logged in as <strong>&lt;b&gt;carol&lt;/b&gt;</strong>", "mail-read-all");
    }

    @Test
    void the_code_is_taken_with_the_verifier_by_the_client_itself() {
        Map<String, String> asked = browser.begin("");
        StringBuilder form = new StringBuilder();
        OidcProvider.answerTokens(sent -> {
            form.append(sent);
            return "";
        });
        Response refused = browser.take(
                browser.with("cross-site").get("/login/callback?code=the-code&state=" + asked.get("state")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("grant-refused");
        assertThat(form.toString())
                .contains("grant_type=authorization_code", "code=the-code", "code_verifier=", "redirect_uri=");
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "x=y,login-not-begun-here",
        "code=c&state=other,login-not-begun-here",
        "code=c,login-not-begun-here",
        "code=c&code=d&state=@STATE@,login-not-begun-here",
        "code=c&state=@STATE@&state=@STATE@,login-not-begun-here",
        "state=@STATE@,code-missing",
        "error=access_denied&state=@STATE@,provider-says-access_denied",
        "error=%3Cscript%3E&state=@STATE@,code-missing",
        "code=c&state=@STATE@&iss=https://other.example,issuer-unknown",
    })
    void an_answer_that_belongs_to_no_login_of_this_browser_is_refused(String query, String reason) {
        Map<String, String> asked = browser.begin("");
        OidcProvider.answerTokens(form -> browser.tokens(asked.get("nonce"), 300, AS_IT_IS, "mail-read-all"));
        Response refused = browser.take(
                browser.with("cross-site").get("/login/callback?" + query.replace("@STATE@", asked.get("state"))));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains(reason).doesNotContain("<script>");
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void an_answer_that_another_browser_got_is_of_no_use_here() {
        Map<String, String> ofAttacker = new Browser().begin("");
        browser.begin("");
        assertThat(browser.comeBack(ofAttacker, 300, AS_IT_IS, "mail-read-all").statusCode())
                .isEqualTo(400);
    }

    @Test
    void an_answer_is_taken_once() {
        Map<String, String> asked = browser.begin("");
        assertThat(browser.comeBack(asked, 300, AS_IT_IS, "mail-read-all").statusCode())
                .isEqualTo(303);
        assertThat(browser.comeBack(asked, 300, AS_IT_IS, "mail-read-all").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"aud\":\"postern-login\"|\"aud\":\"other\"|audience-not-ours",
                "\"nonce\":\"|\"nonce\":\"x|nonce-unknown",
                "\"sub\":\"|\"sub\":\"x|subject-changed",
                "\"iss\":\"http|\"iss\":\"https|token-invalid",
            })
    void an_id_token_that_is_not_of_this_login_begins_no_session(String from, String to, String reason) {
        Response refused =
                browser.comeBack(browser.begin(""), 300, claims -> claims.replace(from, to), "mail-read-all");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains(reason);
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/%5Cevil.example", "/a&return=/b"})
    void no_login_leads_to_another_site(String path) {
        Response refused = browser.with("same-origin").get("/login?return=" + path);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("code")).isEqualTo("return-not-own-path");
        assertThat(refused.jsonPath().getString("next")).isNotNull();
    }

    @Test
    void a_page_of_another_site_cannot_use_the_cookie() {
        browser.login("mail-read-all", "mail-submit", "quarantine-admin");
        assertThat(browser.with("cross-site").get("/v1/messages/1").statusCode())
                .isEqualTo(403);
        assertThat(browser.with("same-site").get("/v1/messages/1").statusCode()).isEqualTo(403);
        assertThat(browser.with("none").get("/v1/messages/1").statusCode()).isEqualTo(200);
        assertThat(browser.own().delete("/v1/messages/1").statusCode())
                .as("without the header that no form has")
                .isEqualTo(403);
        assertThat(browser.own()
                        .header("Postern-Csrf", "1")
                        .delete("/v1/messages/1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.with("same-origin")
                        .header("Origin", "https://evil.example")
                        .header("Postern-Csrf", "1")
                        .delete("/v1/messages/1")
                        .jsonPath()
                        .getString("code"))
                .isEqualTo("cross-site-request");
        assertThat(given().header("Cookie", browser.cookieHeader())
                        .header("Postern-Csrf", "1")
                        .delete("/v1/messages/1")
                        .statusCode())
                .as("from a browser that does not say where it is")
                .isEqualTo(403);
    }

    @Test
    void another_site_cannot_have_the_images_of_a_mail_loaded() {
        browser.login("mail-read-all");
        Upstream.SEEN.clear();
        Response asked = opened("cross-site").get("/v1/messages/1/view?remote=proxied");
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.asString()).contains("<a href=\"?remote=proxied\">", "<a href=\"?remote=blocked\">");
        assertThat(asked.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(Upstream.SEEN).isEmpty();
        assertThat(opened("same-origin")
                        .get("/v1/messages/1/view?remote=proxied")
                        .asString())
                .as("answered by the service")
                .isEqualTo("0");
        assertThat(opened("cross-site").get("/v1/messages/1/view").asString())
                .as("without its images, from anywhere")
                .isEqualTo("0");
    }

    private RequestSpecification opened(String site) {
        return browser.with(site).header("Sec-Fetch-Mode", "navigate").header("Sec-Fetch-Dest", "document");
    }

    @Test
    void a_bad_bearer_token_is_not_saved_by_a_good_cookie() {
        browser.login("mail-read-all");
        assertThat(browser.own()
                        .header("Authorization", "Bearer " + OidcProvider.forgedToken("mail-read-all"))
                        .get("/v1/messages/1")
                        .statusCode())
                .isEqualTo(401);
        assertThat(browser.own()
                        .header("Authorization", "Basic eDp5")
                        .get("/v1/messages/1")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_role_that_the_user_has_not_is_forbidden_with_a_cookie_too() {
        browser.login("mail-train");
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(403);
    }

    @Test
    void a_token_about_to_expire_is_renewed_once_for_many() throws Exception {
        browser.comeBack(browser.begin(""), 5, AS_IT_IS, "mail-read-all");
        AtomicInteger renewals = new AtomicInteger();
        OidcProvider.answerTokens(form -> {
            assertThat(form).contains("grant_type=refresh_token");
            renewals.incrementAndGet();
            return browser.tokens("n", 300, AS_IT_IS, "mail-read-all");
        });
        String old = browser.cookieHeader();
        Response first = browser.own().get("/v1/messages/1");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().getList("Set-Cookie")).isNotEmpty();
        assertThat(given().header("Cookie", old).get("/v1/messages/2").statusCode())
                .isEqualTo(200);
        assertThat(renewals).hasValue(1);
        browser.take(first);
        assertThat(browser.own().get("/v1/messages/1").headers().getList("Set-Cookie"))
                .as("a fresh one is not renewed")
                .isEmpty();
    }

    @Test
    void a_renewal_that_is_refused_or_of_somebody_else_ends_the_session() {
        browser.comeBack(browser.begin(""), 5, AS_IT_IS, "mail-read-all");
        OidcProvider.answerTokens(form -> new Browser().tokens("n", 300, AS_IT_IS, "mail-read-all"));
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
        OidcProvider.answerTokens(form -> "");
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
        assertThat(browser.own().get("/").asString()).contains("Nobody is logged in");
    }

    @Test
    void a_changed_cookie_is_none() {
        browser.login("mail-read-all");
        browser.cookies()
                .computeIfPresent(
                        "__Host-postern", (name, value) -> value.substring(0, value.length() - 9) + "AAAAAAAAA");
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
    }

    @Test
    void a_logout_here_ends_every_copy_of_the_cookie_and_the_bearer_tokens_of_the_session() {
        browser.login("mail-read-all");
        String copy = browser.cookieHeader();
        assertThat(browser.with("cross-site").post("/logout").statusCode()).isEqualTo(403);
        Response sent = browser.take(browser.own().post("/logout"));
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(sent.header("Location")).startsWith(OidcProvider.issuer() + "/logout?");
        assertThat(Browser.parameters(sent.header("Location")))
                .containsEntry("client_id", "postern-login")
                .containsEntry("post_logout_redirect_uri", Browser.ORIGIN + "/")
                .containsKey("id_token_hint");
        assertThat(browser.cookies()).isEmpty();
        assertThat(given().header("Cookie", copy).get("/v1/messages/1").statusCode())
                .isEqualTo(401);
        assertThat(bearer(browser.session)).isEqualTo(401);
    }

    @Test
    void a_logout_at_the_provider_ends_the_cookie() {
        browser.login("mail-read-all");
        assertThat(given().contentType("application/x-www-form-urlencoded")
                        .formParam("logout_token", LogoutIT.logoutToken("\"sid\":\"" + browser.session + "\""))
                        .post("/oidc/backchannel-logout")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
    }

    @Test
    void a_revoked_subject_is_out_however_fresh_the_next_token() {
        browser.comeBack(browser.begin(""), 5, AS_IT_IS, "mail-read-all");
        given().header("Authorization", "Bearer " + OidcProvider.token("identity-admin"))
                .body("{\"subject\":\"" + browser.subject + "\"}")
                .post("/v1/identity/revocations")
                .then()
                .statusCode(200);
        OidcProvider.answerTokens(form -> browser.tokens("n", 300, claims -> claims, "mail-read-all"));
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
    }

    @Test
    void a_logout_by_the_front_channel_ends_the_session_that_it_names_and_no_other() {
        browser.login("mail-read-all");
        Browser other = new Browser();
        other.login("mail-read-all");
        Response framed =
                given().get("/oidc/frontchannel-logout?iss=" + OidcProvider.issuer() + "&sid=" + browser.session);
        assertThat(framed.statusCode()).isEqualTo(200);
        assertThat(framed.header("Content-Security-Policy"))
                .contains("frame-ancestors " + OidcProvider.issuer().replace("/realms/postern", ""));
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(401);
        assertThat(other.own().get("/v1/messages/1").statusCode()).isEqualTo(200);
        assertThat(given().get("/oidc/frontchannel-logout?iss=https://other.example&sid=x")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void without_a_session_the_page_offers_a_login_and_is_kept_by_nobody() {
        Response page = given().get("/");
        assertThat(page.asString()).contains("href=\"/login\"");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'self' http://127.0.0.1:");
    }

    @Test
    void logins_logouts_and_refusals_are_told_on_kafka_without_saying_who() {
        browser.login("mail-train");
        assertThat(browser.own().get("/v1/messages/1").statusCode()).isEqualTo(403);
        browser.own().post("/logout");
        Set<String> acts = ConcurrentHashMap.newKeySet();
        try (Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "group.id",
                        "audit-" + browser.session,
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("mail.audit.v1"));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    assertThat(record.value()).doesNotContain(browser.subject, browser.session, "carol", "127.0.0.1");
                    JsonPath event = new JsonPath(record.value());
                    acts.add(event.getString("act") + " " + event.getString("outcome"));
                    if (event.getString("act").equals("call-refused")) {
                        acts.add(event.getString("target") + " " + event.getString("detail"));
                    }
                });
                return acts.containsAll(Set.of(
                        "logged-in done",
                        "logged-out done",
                        "call-refused refused",
                        "GET /v1/messages/{id} role-missing"));
            });
        }
    }

    private int bearer(String session) {
        return given().header(
                        "Authorization",
                        "Bearer "
                                + OidcProvider.signed(
                                        "{\"alg\":\"RS256\",\"kid\":\"k\"}",
                                        OidcProvider.claims(browser.subject, session, "mail-read-all")))
                .get("/v1/messages/1")
                .statusCode();
    }
}
