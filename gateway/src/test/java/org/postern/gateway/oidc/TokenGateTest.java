package org.postern.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.postern.edge.revocation.Revocations;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevocationScope;
import org.postern.events.identity.RevokedIdentity;
import org.postern.gateway.token.CheckedToken;
import org.postern.gateway.token.Forge;
import org.postern.gateway.token.TokenRefusedException;
import org.postern.gateway.token.TokenRules;
import org.postern.testsupport.OidcProvider;

/** Tokens that people make to get in: each is refused, and nothing that one names is ever fetched. */
class TokenGateTest {
    private static final TokenRules RULES =
            new TokenRules(Set.of("RS256"), Set.of(), Duration.ofSeconds(10), Duration.ofHours(24), 16_384);
    private static final OidcProvider ISSUER = new OidcProvider();
    private static final AtomicInteger TAKEN = new AtomicInteger();
    private static HttpServer bait;

    private final Revocations revocations = new Revocations();

    @BeforeAll
    static void start() throws IOException {
        ISSUER.start();
        bait = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        bait.createContext("/", exchange -> {
            TAKEN.incrementAndGet();
            exchange.close();
        });
        bait.start();
    }

    @AfterAll
    static void stop() {
        bait.stop(0);
        ISSUER.stop();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tokens/refused.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 10_000)
    void a_token_is_refused(String kind, String signature, String header, String claims) throws Exception {
        String address = "http://127.0.0.1:" + bait.getAddress().getPort() + "/keys";
        String token = Forge.token(signature, header, claims, address);
        assertThatThrownBy(() -> check(gate(Clock.systemUTC()), token))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TokenRefusedException.class);
        assertThat(TAKEN).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tokens/accepted.csv", delimiter = '|', quoteCharacter = '`')
    void a_token_is_accepted(String kind, String header, String claims) throws Exception {
        CheckedToken token = check(gate(Clock.systemUTC()), Forge.token("rs256", header, claims, ""));
        assertThat(token.roles()).contains("mail-read-all");
        assertThat(token.claims().audiences()).contains("postern-api");
    }

    @Test
    void a_token_that_was_remembered_is_refused_once_it_expires() {
        String token = Forge.good();
        MovingClock clock = new MovingClock();
        TokenGate gate = gate(clock);
        assertThat(check(gate, token).claims().subject()).isEqualTo("s");
        assertThat(gate.remembered(token)).isNotNull();
        clock.ahead = Duration.ofSeconds(311);
        assertThatThrownBy(() -> check(gate, token)).hasRootCauseMessage("token-expired");
    }

    @Test
    void a_token_that_was_remembered_is_refused_once_it_is_revoked() {
        String token = Forge.good();
        TokenGate gate = gate(Clock.systemUTC());
        CheckedToken checked = check(gate, token);
        assertThat(gate.isStillGood(checked)).isTrue();
        Instant later = Instant.now().plusSeconds(3_600);
        revocations.add(
                new IdentityRevoked(Tenant.DEFAULT, RevocationScope.TOKEN, RevokedIdentity.token(token), later, later));
        assertThat(gate.isStillGood(checked)).isFalse();
        assertThatThrownBy(() -> check(gate, token)).hasRootCauseMessage("token-revoked");
    }

    @Test
    void nobody_is_let_in_before_it_is_known_what_was_revoked() {
        TokenGate gate = new TokenGate(
                new OneProvider(), revocations, () -> false, RULES, Duration.ofMinutes(1), false, Clock.systemUTC());
        assertThatThrownBy(() -> check(gate, Forge.good())).hasCauseInstanceOf(CannotCheckException.class);
    }

    @Test
    void a_client_that_is_not_named_is_refused_where_clients_are_named() throws Exception {
        TokenRules rules = new TokenRules(
                Set.of("RS256"), Set.of("postern-web"), Duration.ofSeconds(10), Duration.ofHours(24), 16_384);
        TokenGate gate = new TokenGate(
                new OneProvider(), revocations, () -> true, rules, Duration.ofMinutes(1), false, Clock.systemUTC());
        String head = "{\"alg\":\"RS256\",\"kid\":\"k\"}";
        assertThatThrownBy(() -> check(gate, Forge.good())).hasRootCauseMessage("party-not-allowed");
        assertThatThrownBy(() -> check(gate, Forge.token("rs256", head, "{\"azp\":\"other\",@CLAIMS@}", "")))
                .hasRootCauseMessage("party-not-allowed");
        assertThat(check(gate, Forge.token("rs256", head, "{\"azp\":\"postern-web\",@CLAIMS@}", "")))
                .isNotNull();
    }

    private TokenGate gate(Clock clock) {
        return new TokenGate(new OneProvider(), revocations, () -> true, RULES, Duration.ofMinutes(1), false, clock);
    }

    private static CheckedToken check(TokenGate gate, String token) {
        return gate.check(token).await().indefinitely();
    }

    private static final class MovingClock extends Clock {
        private Duration ahead = Duration.ZERO;

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }
}
