package org.postern.message.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.mail.Finding;
import org.postern.events.mail.Severity;
import org.postern.message.rendition.Renditions;
import org.postern.store.reference.ObjectReferenceSigner;

class RenderServiceClientTest {
    private static final ObjectReference OBJECT =
            new ObjectReference(Tenant.DEFAULT, ObjectId.random(), new ContentHash("0".repeat(64)), 12);

    private static final Renditions.Reader READER = new Renditions.Reader(
            "Bearer abc",
            "fr",
            List.of(new Finding("odd-link", Severity.HIGH, "A link leads elsewhere.", Map.of("secret", "x"))));

    private final ObjectReferenceSigner signer = new ObjectReferenceSigner(new byte[32], Clock.systemUTC());
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private final AtomicReference<String> signed = new AtomicReference<>("");
    private final AtomicReference<String> languages = new AtomicReference<>("");
    private final AtomicReference<String> warned = new AtomicReference<>("");
    private HttpServer server;
    private RenderServiceClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new RenderServiceClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                signer);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksWithASignedReferenceAndPassesTheContentOn() throws Exception {
        Renditions.Answer answer = client.of(OBJECT, Renditions.Form.PAGE, Renditions.Remote.PROXIED, READER);

        assertThat(asked.get()).isEqualTo("/internal/v1/views?remote=proxied Bearer abc");
        assertThat(languages.get()).isEqualTo("fr");
        assertThat(new String(Base64.getUrlDecoder().decode(warned.get()), StandardCharsets.UTF_8))
                .contains("odd-link", "A link leads elsewhere.")
                .doesNotContain("secret");
        assertThat(signer.verify(signed.get())).isEqualTo(OBJECT);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("Content-Security-Policy", "default-src 'none'")
                .doesNotContainKey("X-Other");
        assertThat(answer.body()).hasContent("safe");
    }

    @Test
    void asks_for_a_picture_of_a_size_that_says_nothing_else() throws Exception {
        client.of(OBJECT, new Renditions.Form.Picture("640", "8&remote=proxied"), Renditions.Remote.BLOCKED, READER);

        assertThat(asked.get()).isEqualTo("/internal/v1/previews?width=640&height=8%26remote%3Dproxied Bearer abc");
    }

    @Test
    void passesARefusalOnAndTakesAFailureForNoAnswer() throws Exception {
        status.set(422);
        assertThat(client.of(OBJECT, Renditions.Form.JSON, Renditions.Remote.BLOCKED, READER)
                        .status())
                .isEqualTo(422);

        status.set(500);
        assertThatThrownBy(() -> client.of(OBJECT, Renditions.Form.JSON, Renditions.Remote.BLOCKED, READER))
                .isInstanceOf(Renditions.UnavailableException.class);

        server.stop(0);
        assertThatThrownBy(() -> client.of(OBJECT, Renditions.Form.JSON, Renditions.Remote.BLOCKED, READER))
                .isInstanceOf(Renditions.UnavailableException.class);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.set(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        signed.set(exchange.getRequestHeaders().getFirst("Postern-Object"));
        languages.set(exchange.getRequestHeaders().getFirst("Accept-Language"));
        warned.set(exchange.getRequestHeaders().getFirst("Postern-Warnings"));
        exchange.getResponseHeaders().add("Content-Type", "text/html");
        exchange.getResponseHeaders().add("Content-Security-Policy", "default-src 'none'");
        exchange.getResponseHeaders().add("X-Other", "ours");
        byte[] body = "safe".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status.get(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
