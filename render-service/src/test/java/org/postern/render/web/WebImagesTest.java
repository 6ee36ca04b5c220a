package org.postern.render.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.Reach;
import org.postern.render.images.ImageRefusedException;
import org.postern.render.images.ImageRefusedException.Reason;

class WebImagesTest {
    /** More time than a busy machine needs. */
    private static final WebImages.FetchLimits LIMITS = limits(Duration.ofSeconds(30));

    private static final WebImages.FetchLimits IMPATIENT = limits(Duration.ofMillis(300));

    private static final List<Network> LOOPBACK = List.of(Network.of("127.0.0.0/8"));

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService names = Executors.newCachedThreadPool();
    private HttpServer server;
    private String base;
    private Headers asked = new Headers();

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        answer("/image", 200, new byte[100], "");
        answer("/large", 200, new byte[5000], "");
        answer("/missing", 404, new byte[0], "");
        answer("/moved", 302, new byte[0], "/image");
        answer("/circle", 302, new byte[0], "/circle");
        answer("/inside", 302, new byte[0], "http://169.254.169.254/latest/meta-data");
        answer("/file", 302, new byte[0], "file:///etc/passwd");
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
        });
        server.start();
    }

    private void answer(String path, int status, byte[] body, String location) {
        server.createContext(path, exchange -> {
            asked = exchange.getRequestHeaders();
            exchange.getResponseHeaders().set("Set-Cookie", "reader=1");
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
        names.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anImageIsFetchedWithoutAWordAboutTheReader() throws Exception {
        WebImages images = images(LOOPBACK);

        assertThat(images.fetch(base + "/moved")).hasSize(100);

        TreeSet<String> names = new TreeSet<>();
        asked.keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        assertThat(names).containsExactly("accept", "connection", "host", "user-agent");
        assertThat(asked.getFirst("User-Agent")).isEqualTo("Postern-Image-Proxy");
    }

    @Test
    void whatIsTooLargeTooSlowTooFarOrAnErrorIsRefused() {
        assertRefused(base + "/large", Reason.TOO_LARGE);
        assertRefused(images(LOOPBACK, NameResolver.system(), IMPATIENT), base + "/slow", Reason.UNREACHABLE);
        assertRefused(base + "/circle", Reason.REDIRECTS);
        assertRefused(base + "/missing", Reason.STATUS);
        assertRefused("http://127.0.0.1:1/", Reason.UNREACHABLE);
    }

    @Test
    void eachRedirectIsAskedAboutAgain() {
        assertRefused(base + "/inside", Reason.ADDRESS);
        assertRefused(base + "/file", Reason.ADDRESS);
    }

    @Test
    void nothingInsideIsFetchedUnlessAnOperatorAllowedIt() {
        WebImages images = images(List.of());

        assertThatThrownBy(() -> images.fetch(base + "/image"))
                .isInstanceOfSatisfying(
                        ImageRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ADDRESS));
        assertThat(asked).isEmpty();
    }

    @Test
    @Timeout(20)
    void aNameServerThatNeverAnswersHoldsNobodyLongerThanAnImageMayTake() {
        CountDownLatch never = new CountDownLatch(1);
        NameResolver silent = host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                // The resolver of a machine does not hear of it.
            }
            return List.of();
        };

        assertRefused(images(List.of(), silent, IMPATIENT), "http://away.example/", Reason.UNREACHABLE);
    }

    @Test
    void whereTooManyNamesAreLookedUpAnImageIsRefusedForNow() {
        names.shutdown();

        assertRefused(images(List.of()), base + "/image", Reason.BUSY);
    }

    @Test
    @Timeout(20)
    void anAnswerThatHasEndedBeforeTheCallerLooksAgainIsReadAllTheSame() throws Exception {
        WebImages images = new WebImages(
                slowToChain(HttpClient.class, client()), guard(LOOPBACK, NameResolver.system()), LIMITS, names);

        assertThat(images.fetch(base + "/image")).hasSize(100);
    }

    /** What is returned to the caller comes late: only when whatever it chained so far has been done. */
    private static <T> T slowToChain(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (it, method, arguments) -> {
                    Object result = method.invoke(real, arguments);
                    if (!(result instanceof Future<?> future)) {
                        return result;
                    }
                    future.transform(Future::succeededFuture)
                            .compose(done -> done.result() instanceof HttpClientResponse response
                                    ? response.end()
                                    : Future.succeededFuture())
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join();
                    return slowToChain(Future.class, future);
                }));
    }

    private void assertRefused(String url, Reason reason) {
        assertRefused(images(LOOPBACK), url, reason);
    }

    private static void assertRefused(WebImages images, String url, Reason reason) {
        assertThatThrownBy(() -> images.fetch(url))
                .as(url)
                .isInstanceOfSatisfying(
                        ImageRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private WebImages images(List<Network> allowed) {
        return images(allowed, NameResolver.system(), LIMITS);
    }

    private WebImages images(List<Network> allowed, NameResolver resolver, WebImages.FetchLimits limits) {
        return new WebImages(client(), guard(allowed, resolver), limits, names);
    }

    private HttpClient client() {
        return vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    }

    private static OutboundGuard guard(List<Network> allowed, NameResolver resolver) {
        return new OutboundGuard(resolver, allowed, Reach.WEB);
    }

    private static WebImages.FetchLimits limits(Duration time) {
        return new WebImages.FetchLimits(1000, time, 3, "Postern-Image-Proxy");
    }
}
