package org.postern.gateway.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.openapi.ApiDocument;
import org.postern.gateway.openapi.ApiPage;
import org.postern.gateway.route.Destination;
import org.postern.gateway.route.RouteTable;

/**
 * {@code /}, {@code /openapi} and {@code /openapi.json}. The services are asked for their descriptions at most once a
 * minute, and none is waited for longer than two seconds: what one said before is kept.
 */
public final class ApiCalls {
    private static final Logger LOG = Logger.getLogger(ApiCalls.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long LONGEST_MILLIS = 2_000;
    private static final int LARGEST = 4 * 1024 * 1024;

    private final RouteTable table;
    private final Map<Destination, URI> services;
    private final HttpClient client;
    private final Map<Destination, JsonNode> known = new ConcurrentHashMap<>();
    private @Nullable Future<JsonNode> document;
    private long madeAt;

    public ApiCalls(RouteTable table, Map<Destination, URI> services, HttpClient client) {
        this.table = table;
        this.services = Map.copyOf(services);
        this.client = client;
    }

    /** The page at the root, where nobody can log in. */
    public void root(RoutingContext context) {
        html(context, ApiPage.root(""));
    }

    /** The page that lists the calls. */
    public void page(RoutingContext context) {
        document().onSuccess(all -> html(context, ApiPage.calls(all)));
    }

    /** The document. */
    public void json(RoutingContext context) {
        document().onSuccess(all -> {
            context.response().putHeader("Cache-Control", "public, max-age=60");
            Answers.text(context.response(), 200, "application/json", all.toString());
        });
    }

    private static void html(RoutingContext context, String page) {
        context.response()
                .putHeader("Content-Security-Policy", ApiPage.contentSecurityPolicy())
                .putHeader("Cache-Control", "public, max-age=60");
        Answers.text(context.response(), 200, "text/html; charset=utf-8", page);
    }

    private synchronized Future<JsonNode> document() {
        Future<JsonNode> made = document;
        if (made == null || System.nanoTime() - madeAt > KEPT_NANOS) {
            madeAt = System.nanoTime();
            List<Future<?>> asked = new ArrayList<>();
            services.forEach((service, address) -> asked.add(ask(service, address)));
            made = Future.join(asked).transform(done -> Future.succeededFuture(ApiDocument.of(table, known)));
            document = made;
        }
        return made;
    }

    private Future<Void> ask(Destination service, URI address) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setURI("/q/openapi?format=JSON")
                .setTimeout(LONGEST_MILLIS);
        return client.request(request)
                // Inside, on the event loop: chained from this thread it could come after the answer's last byte.
                .compose(sent -> sent.send().compose(ApiCalls::body))
                .onSuccess(body -> take(service, body))
                .onFailure(failure -> LOG.debugf("%s does not describe itself now", service))
                .mapEmpty();
    }

    private static Future<Buffer> body(HttpClientResponse answer) {
        return answer.statusCode() == 200 ? answer.body() : Future.failedFuture("no description");
    }

    private void take(Destination service, Buffer body) {
        try {
            if (body.length() <= LARGEST) {
                known.put(service, JSON.readTree(body.getBytes()));
            }
        } catch (JsonProcessingException e) {
            LOG.warnf("%s describes itself by something that is no JSON", service);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }
}
