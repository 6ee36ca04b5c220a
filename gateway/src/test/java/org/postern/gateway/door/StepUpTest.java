package org.postern.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.mail.AuditedAct;
import org.postern.gateway.route.StepUp;
import org.postern.testsupport.OidcProvider;

/** A route that asks for a surer or fresher login tells which one (RFC 9470). */
class StepUpTest {
    @RegisterExtension
    static final GenerousDoor DOOR = new GenerousDoor(
            Map.of("GET /v1/messages/{id}", new StepUp(Set.of("gold", "silver"), Optional.of(Duration.ofMinutes(5)))));

    @ParameterizedTest
    @CsvSource({
        "gold,10,200",
        "silver,200,200",
        "bronze,10,401",
        ",10,401",
        "gold,400,401",
        "gold,,401",
    })
    void a_token_is_enough_where_the_login_was_sure_and_fresh(String acr, Long age, int status) throws Exception {
        HttpResponse<String> answer = get(token(acr, age), "/v1/messages/1");
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void whoever_needs_more_is_told_what_and_where() throws Exception {
        HttpResponse<String> answer = get(token("bronze", 10L), "/v1/messages/1");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"postern\", error=\"insufficient_user_authentication\","
                        + " acr_values=\"gold silver\", max_age=300");
        var problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo("insufficient-user-authentication");
        assertThat(problem.path("next").asText()).contains("/login?acr_values=gold%20silver&max_age=300");
        assertThat(DOOR.door().audited)
                .anyMatch(event -> event.act() == AuditedAct.CALL_REFUSED
                        && "step-up-needed".equals(event.detail())
                        && "GET /v1/messages/{id}".equals(event.target()));
    }

    @Test
    void a_route_that_asks_for_nothing_lets_the_same_token_in() throws Exception {
        assertThat(get(token("bronze", 4_000L), "/v1/messages").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> get(String token, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(DOOR.door().at(path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String token(String acr, Long age) {
        String claims = OidcProvider.claims("s", "session", "mail-read-all");
        String more = (acr == null ? "" : ",\"acr\":\"" + acr + "\"")
                + (age == null ? "" : ",\"auth_time\":" + (Instant.now().getEpochSecond() - age));
        return OidcProvider.signed(
                "{\"alg\":\"RS256\",\"kid\":\"k\"}", claims.substring(0, claims.length() - 1) + more + "}");
    }
}
