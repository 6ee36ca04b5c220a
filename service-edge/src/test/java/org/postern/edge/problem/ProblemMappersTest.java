package org.postern.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;

class ProblemMappersTest {
    private final ProblemMappers mappers = new ProblemMappers();

    @Test
    void aRefusalIsWrittenAsItWasMade() {
        Response response = mappers.refusal(new ProblemException(409, "too-many", "There are too many.")
                .withField("device")
                .withNext("Delete one.")
                .withRetryAfter(Duration.ofMillis(1)));

        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("1");
        assertThat(response.getEntity())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,\"code\":\"too-many\","
                        + "\"detail\":\"There are too many.\",\"field\":\"device\",\"next\":\"Delete one.\"}");
    }

    @Test
    void aBugIsSaidAndNothingOfItIsShown() {
        Response response = mappers.bug(new IllegalStateException("alice@example.org", new RuntimeException("cause")));
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getEntity().toString())
                .contains("\"internal\"")
                .doesNotContain("alice", "cause", "Exception", "org.postern");
    }

    @Test
    void aMalformedValueIsNotRepeated() {
        MalformedValueException malformed =
                catchThrowableOfType(MalformedValueException.class, () -> MailAddress.of("alice at example.org"));
        Response response = mappers.malformed(malformed);
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getEntity().toString()).contains("malformed-value").doesNotContain("alice");
    }

    @Test
    void thePlaceInMalformedJsonIsNamedAndItsTextIsNotRepeated() {
        JacksonException malformed = catchThrowableOfType(JacksonException.class, () -> new ObjectMapper()
                .readValue("{\"status\": \"alice@example.org\"}", Problem.class));
        Response response = mappers.json(malformed);
        assertThat(response.getEntity().toString())
                .contains("json-malformed", "\"field\":\"status\"")
                .doesNotContain("alice");
    }

    @Test
    void eachRefusalOfATokenSaysWhatIsWrongWithIt() {
        assertThat(challenge(mappers.unauthorized(new UnauthorizedException()), 401))
                .isEqualTo("Bearer realm=\"postern\"");
        assertThat(challenge(mappers.unauthenticated(new AuthenticationFailedException("secret")), 401))
                .contains("invalid_token")
                .doesNotContain("secret");
        assertThat(challenge(mappers.forbidden(new ForbiddenException()), 403)).contains("insufficient_scope");
    }

    @Test
    void aTokenThatCannotBeCheckedLetsNobodyIn() {
        Response response = mappers.unchecked(new OIDCException("the provider is away"));
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isNotNull();
        assertThat(response.getEntity().toString()).contains("identity-provider-unavailable");
    }

    @ParameterizedTest
    @CsvSource({
        "400,request-malformed",
        "404,not-found",
        "406,not-acceptable",
        "413,body-too-large",
        "415,media-type-unsupported",
        "418,refused",
        "431,headers-too-large",
        "500,internal",
        "503,service-unavailable"
    })
    void whatTheRestLayerRefusesHasACode(int status, String code) {
        Response response = mappers.rest(new WebApplicationException("a secret", status));
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getEntity().toString()).contains("\"" + code + "\"").doesNotContain("secret");
    }

    @Test
    void theMethodsThatAreAllowedAreNamed() {
        Response response = mappers.rest(new NotAllowedException("GET"));
        assertThat(response.getStatus()).isEqualTo(405);
        assertThat(response.getHeaderString("Allow")).isEqualTo("GET");
    }

    private static String challenge(Response response, int status) {
        assertThat(response.getStatus()).isEqualTo(status);
        return response.getHeaderString("WWW-Authenticate");
    }
}
