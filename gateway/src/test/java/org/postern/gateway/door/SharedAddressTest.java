package org.postern.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postern.edge.revocation.Revocations;
import org.postern.gateway.admission.Admission;
import org.postern.gateway.admission.Sessions;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.call.FrontChannelLogoutCall;
import org.postern.gateway.call.LoginCalls;
import org.postern.gateway.cookie.CookieKeys;
import org.postern.gateway.cookie.SealedCookie;
import org.postern.gateway.limit.Quota;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.login.PendingLogin;
import org.postern.gateway.login.Session;
import org.postern.gateway.oidc.OneProvider;
import org.postern.gateway.oidc.TokenGate;
import org.postern.gateway.revocation.Revoker;
import org.postern.gateway.route.Destination;
import org.postern.gateway.route.Route;
import org.postern.gateway.token.TokenRules;
import org.postern.testsupport.OidcProvider;

/** An office behind one address: what one of its browsers was led to by some page locks none of the others out. */
@Timeout(60)
class SharedAddressTest {
    private static final OidcProvider PROVIDER = new OidcProvider();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int BAD = 3;
    private static final Route ROUTE =
            new Route("GET", "/v1/messages/{id}", Destination.MESSAGE, Set.of("mail-read-all"), 0);

    private final Clock clock = Clock.systemUTC();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeAll
    static void startProvider() {
        PROVIDER.start();
    }

    @AfterAll
    static void stopProvider() {
        PROVIDER.stop();
    }

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("keys");
        Files.writeString(file, Base64.getEncoder().encodeToString(new byte[32]));
        CookieKeys keys = CookieKeys.read(file);
        Quota much = Quota.of("1000/60S");
        Quotas quotas = new Quotas(much, Map.of(), Map.of(), Quota.of(BAD + "/60S"), much);
        Revocations revocations = new Revocations();
        TokenRules rules =
                new TokenRules(Set.of("RS256"), Set.of(), Duration.ofSeconds(10), Duration.ofHours(24), 16_384);
        OneProvider providers = new OneProvider();
        TokenGate gate = new TokenGate(providers, revocations, () -> true, rules, Duration.ofMinutes(1), false, clock);
        Sessions sessions = new Sessions(
                new SealedCookie<>("postern", Session.class, keys, null),
                null,
                gate,
                "https://door.example",
                Duration.ofHours(12),
                clock);
        AuditTrail audit = new AuditTrail(event -> {}, null, clock);
        Revoker revoker = new Revoker(
                revocations, revoked -> CompletableFuture.completedFuture(null), Duration.ofHours(1), clock);
        LoginCalls logins = new LoginCalls(
                null,
                new SealedCookie<>("postern-login", PendingLogin.class, keys, PendingLogin.LONGEST),
                sessions,
                revoker,
                quotas,
                audit,
                URI.create("https://door.example"),
                clock);
        FrontChannelLogoutCall logouts = new FrontChannelLogoutCall(providers, revoker, sessions, quotas, audit);
        Admission admission = new Admission(gate, quotas, sessions, Map.of(), audit, clock);
        Router router = Router.router(vertx);
        router.get("/begin/:age").handler(context -> {
            sessions.begin(context, session(Duration.parse(context.pathParam("age"))));
            context.response().end();
        });
        router.get("/login/callback").handler(logins::callback);
        router.get("/oidc/frontchannel-logout").handler(logouts::handle);
        router.get("/v1/messages/1")
                .handler(context -> admission.check(
                        context, ROUTE, token -> context.response().end()));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void who_has_a_session_is_let_in_from_where_others_guess() throws Exception {
        String cookie = login("PT1M");
        guessTooOften();
        assertThat(get("/v1/messages/1", "Cookie", cookie).statusCode()).isEqualTo(200);
    }

    @Test
    void a_cookie_that_we_did_not_seal_is_a_guess() throws Exception {
        String forged = "__Host-postern=1~a.b.c.d.e";
        for (int i = 0; i < BAD; i++) {
            assertThat(get("/v1/messages/1", "Cookie", forged).statusCode()).isEqualTo(401);
        }
        assertThat(get("/v1/messages/1", "Cookie", forged).statusCode()).isEqualTo(429);
    }

    @Test
    void a_session_that_is_over_stops_only_itself() throws Exception {
        String over = login("PT13H");
        for (int i = 0; i < BAD; i++) {
            assertThat(get("/v1/messages/1", "Cookie", over).statusCode()).isEqualTo(401);
        }
        assertThat(get("/v1/messages/1", "Cookie", over).statusCode()).isEqualTo(429);
        assertThat(get("/v1/messages/1", "Cookie", login("PT1M")).statusCode()).isEqualTo(200);
        assertThat(get("/v1/messages/1", "Authorization", "Bearer " + token()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void answers_to_logins_that_nobody_began_lock_nobody_out() throws Exception {
        for (int i = 0; i <= BAD; i++) {
            HttpResponse<String> refused = get("/login/callback?x", "Accept", "image/png");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("login-not-begun-here");
        }
        assertThat(get("/v1/messages/1", "Authorization", "Bearer " + token()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void logouts_in_frames_are_so_many_and_lock_nobody_out() throws Exception {
        for (int i = 0; i <= BAD; i++) {
            assertThat(get("/oidc/frontchannel-logout?x", "Accept", "image/png").statusCode())
                    .isEqualTo(400);
        }
        String logout = "/oidc/frontchannel-logout?iss=" + OidcProvider.issuer() + "&sid=";
        for (int i = 0; i < BAD; i++) {
            assertThat(get(logout + i, "Accept", "image/png").statusCode()).isEqualTo(200);
        }
        assertThat(get(logout + "more", "Accept", "image/png").statusCode()).isEqualTo(429);
        assertThat(get("/v1/messages/1", "Authorization", "Bearer " + token()).statusCode())
                .isEqualTo(200);
    }

    private void guessTooOften() throws Exception {
        for (int i = 0; i < BAD; i++) {
            get("/v1/messages/1", "Authorization", "Bearer a.b.c");
        }
        assertThat(get("/v1/messages/1", "Authorization", "Bearer a.b.c").statusCode())
                .isEqualTo(429);
    }

    private String login(String age) throws Exception {
        String cookie = get("/begin/" + age, "Accept", "*/*")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static Session session(Duration age) {
        Instant now = Instant.now();
        return new Session(
                "session-of-" + age,
                now.minus(age).getEpochSecond(),
                OidcProvider.issuer(),
                "somebody",
                null,
                null,
                token(),
                now.plusSeconds(300).getEpochSecond(),
                null,
                "id-token");
    }

    private static String token() {
        return OidcProvider.signed(
                "{\"alg\":\"RS256\",\"kid\":\"k\"}", OidcProvider.claims("somebody", "their-session", "mail-read-all"));
    }

    private HttpResponse<String> get(String path, String header, String value) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                        .header(header, value)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
