package org.postern.gateway.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.events.mail.AuditedAct;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.oidc.Providers;
import org.postern.gateway.revocation.Revoker;
import org.postern.gateway.token.CheckedToken;

/**
 * {@code POST /v1/identity/revocations}: an administrator revokes. The body names one of {@code subject} (everything given
 * out until now), {@code session} and {@code token}; {@code issuer} where there are several providers.
 */
public final class RevocationCall implements OwnCall {
    private static final Logger LOG = Logger.getLogger(RevocationCall.class);
    private static final Set<String> KINDS = Set.of("subject", "session", "token");
    private static final int LONGEST = 16 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Providers providers;
    private final Revoker revoker;
    private final AuditTrail audit;
    private final Clock clock;

    public RevocationCall(Providers providers, Revoker revoker, AuditTrail audit, Clock clock) {
        this.providers = providers;
        this.revoker = revoker;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext context, CheckedToken caller) {
        SmallBody.take(context, body -> take(context, caller, body));
    }

    private void take(RoutingContext context, CheckedToken caller, Buffer body) {
        switch (read(body)) {
            case Malformed malformed -> Answers.problem(context.response(), malformed.problem(), Map.of());
            case Wanted wanted ->
                revoke(wanted).whenComplete((done, failure) -> context.vertx()
                        .runOnContext(ignored -> answer(context, caller, wanted, failure)));
        }
    }

    private sealed interface Reading {}

    private record Malformed(Problem problem) implements Reading {}

    private record Wanted(String kind, String value, String issuer) implements Reading {}

    private Reading read(Buffer body) {
        JsonNode json = json(body);
        if (!json.isObject()) {
            return malformed(null, "The body is not the JSON object that was expected.");
        }
        List<String> named = new ArrayList<>();
        for (String name : iterable(json)) {
            JsonNode value = json.get(name);
            if (KINDS.contains(name)) {
                named.add(name);
            } else if (!name.equals("issuer")) {
                return malformed(null, "The body names something other than subject, session, token and issuer.");
            }
            if (!value.isTextual()
                    || value.textValue().isEmpty()
                    || value.textValue().length() > LONGEST) {
                return malformed(name, "This must be a text of 1 to 16384 characters.");
            }
        }
        if (named.size() != 1) {
            return malformed(null, "The body must name one of subject, session and token.");
        }
        String issuer = json.has("issuer") ? json.get("issuer").textValue() : providers.defaultIssuer();
        if (issuer == null || !providers.know(issuer)) {
            return malformed("issuer", "There is no identity provider of that issuer.");
        }
        String kind = named.getFirst();
        return new Wanted(kind, json.get(kind).textValue(), issuer);
    }

    /** The body as JSON; missing where it is none. */
    private static JsonNode json(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }

    private static Iterable<String> iterable(JsonNode json) {
        return json::fieldNames;
    }

    private static Malformed malformed(@Nullable String field, String detail) {
        return new Malformed(Problem.of(400, "revocation-malformed", detail)
                .withField(field)
                .withNext("Send {\"subject\": \"...\"}, {\"session\": \"...\"} or {\"token\": \"...\"}."));
    }

    private CompletionStage<Void> revoke(Wanted wanted) {
        return switch (wanted.kind()) {
            case "subject" -> revoker.subject(wanted.issuer(), wanted.value(), clock.instant());
            case "session" -> revoker.session(wanted.issuer(), wanted.value());
            default -> revoker.token(wanted.value());
        };
    }

    private void answer(RoutingContext context, CheckedToken caller, Wanted wanted, @Nullable Throwable failure) {
        if (failure == null) {
            audit.did(AuditedAct.IDENTITY_REVOKED, caller, null, wanted.kind());
            Answers.text(context.response(), 200, "application/json", "{\"revoked\":\"" + wanted.kind() + "\"}");
        } else {
            LOG.warnf("a revocation is known here only: %s", failure.getClass().getName());
            Answers.problem(
                    context.response(),
                    Problem.of(
                                    503,
                                    "revocation-not-recorded",
                                    "The revocation holds here, and is not recorded for all.")
                            .withNext("Send it again."),
                    Map.of("Retry-After", "5"));
        }
    }
}
