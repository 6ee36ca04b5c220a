package org.postern.gateway.door;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postern.gateway.limit.Quota;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.route.StepUp;
import org.postern.testsupport.OidcProvider;

/** A door that nobody exhausts, with a provider and one service behind it, for the tests of a class. */
final class GenerousDoor implements BeforeAllCallback, AfterAllCallback {
    private static final Quota MUCH = Quota.of("10000/60S");

    private final OidcProvider provider = new OidcProvider();
    private final Upstream upstream = new Upstream();
    private final Map<String, StepUp> stepUps;
    private PlainDoor door;

    GenerousDoor() {
        this(Map.of());
    }

    GenerousDoor(Map<String, StepUp> stepUps) {
        this.stepUps = stepUps;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        provider.start();
        URI service = URI.create(upstream.start().get("postern.gateway.services.message"));
        Quotas quotas = new Quotas(MUCH, Map.of(), Map.of(), MUCH, MUCH);
        door = new PlainDoor(service, quotas, Set.of(), Map.of(), stepUps);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        door.close();
        upstream.stop();
        provider.stop();
    }

    PlainDoor door() {
        return door;
    }

    /** What was answered to bytes as an attacker writes them, and what the service saw of them. */
    record Sent(String answer, List<String> seen) {}

    /** What is answered to a request that must have an answer: asked again, where a busy machine takes long for it. */
    String answered(byte[] request, Duration quiet) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> send(request, quiet).answer(), answer -> !answer.isEmpty());
    }

    Sent send(byte[] request, Duration quiet) throws IOException {
        Upstream.SEEN.clear();
        String answer = RawRequest.send(door, request, quiet);
        return new Sent(answer, List.copyOf(Upstream.SEEN));
    }
}
