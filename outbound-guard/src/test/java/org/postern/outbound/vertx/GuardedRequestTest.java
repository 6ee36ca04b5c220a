package org.postern.outbound.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.OutboundTarget;

/** Of a host whose name nobody but the guard's resolver knows: what asks for the name again does not get there. */
class GuardedRequestTest {
    private static final String HOST = "device.invalid";

    private final Vertx vertx = Vertx.vertx();

    /** One that would follow redirects, were it allowed to. */
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxRedirects(16));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.method() + " " + request.authority().host() + " " + request.uri());
        if (request.path().equals("/moved")) {
            request.response().setStatusCode(302).putHeader("Location", "/elsewhere");
        }
        request.response().end();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void goesToTheAddressThatWasCheckedUnderTheNameThatWasAskedFor() throws Exception {
        assertThat(send("/push/1?a=%20b", HttpMethod.POST)).isEqualTo(200);

        assertThat(asked).containsExactly("POST " + HOST + " /push/1?a=%20b");
    }

    @Test
    void aUrlWithoutAPathAsksForTheRoot() throws Exception {
        send("", HttpMethod.GET);
        send("?a=b", HttpMethod.GET);

        assertThat(asked).containsExactly("GET " + HOST + " /", "GET " + HOST + " /?a=b");
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        assertThat(send("/moved", HttpMethod.GET)).isEqualTo(302);

        assertThat(asked).containsExactly("GET " + HOST + " /moved");
    }

    @Test
    void onlyHttpsIsTls() throws Exception {
        OutboundTarget plain = target("http://" + HOST + "/");
        OutboundTarget secure = target("https://" + HOST + "/");

        assertThat(GuardedRequest.to(plain, HttpMethod.GET).isSsl()).isFalse();
        assertThat(GuardedRequest.to(secure, HttpMethod.GET).isSsl()).isTrue();
        assertThat(GuardedRequest.to(secure, HttpMethod.GET).getPort()).isEqualTo(443);
    }

    private int send(String path, HttpMethod method) throws Exception {
        OutboundTarget target = target("http://" + HOST + ":" + server.actualPort() + path);
        return client.request(GuardedRequest.to(target, method))
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static OutboundTarget target(String url) throws Exception {
        InetAddress loopback = InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
        OutboundGuard guard = new OutboundGuard(host -> List.of(loopback), List.of(Network.of("127.0.0.0/8")));
        OutboundTarget target = guard.check(url);
        assertThat(target.uri()).isEqualTo(URI.create(url));
        return target;
    }
}
