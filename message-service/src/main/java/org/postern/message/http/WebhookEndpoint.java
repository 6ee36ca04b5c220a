package org.postern.message.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.message.webhook.DeliveryResult;
import org.postern.message.webhook.Endpoint;
import org.postern.message.webhook.RefusedEndpointException;
import org.postern.message.webhook.Webhook;
import org.postern.message.webhook.WebhookSecrets;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.OutboundTarget;
import org.postern.outbound.RefusedTargetException;
import org.postern.outbound.vertx.GuardedRequest;

/**
 * Posts events to where the guard allows, to the very address the guard looked at. Redirects are not followed, and of the
 * answer nothing is read but its status.
 */
public final class WebhookEndpoint implements Endpoint, AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CONNECTIONS_A_HOST = 16;
    private static final int IDLE_SECONDS = 30;

    private final HttpClient client;
    private final OutboundGuard guard;
    private final WebhookSecrets secrets;
    private final Duration timeout;
    private final Clock clock;

    /** @param timeout how long an endpoint may take to answer */
    public WebhookEndpoint(Vertx vertx, OutboundGuard guard, WebhookSecrets secrets, Duration timeout, Clock clock) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(CONNECTIONS_A_HOST)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setVerifyHost(true));
        this.guard = guard;
        this.secrets = secrets;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public void check(String url) throws RefusedEndpointException {
        try {
            guard.check(url);
        } catch (RefusedTargetException e) {
            throw new RefusedEndpointException(e.reason().sentence());
        }
    }

    @Override
    public DeliveryResult send(Webhook webhook, EventId id, String body) {
        try {
            // Every time: the name may lead elsewhere by now.
            return post(guard.check(webhook.url()), webhook, id, body);
        } catch (RefusedTargetException e) {
            return e.reason() == RefusedTargetException.Reason.UNRESOLVED
                    ? new DeliveryResult.TryLater("unresolved", null, true)
                    : new DeliveryResult.TryLater("endpoint-refused", null, true);
        } catch (TimeoutException e) {
            return new DeliveryResult.TryLater("timeout", null, true);
        } catch (ExecutionException e) {
            return new DeliveryResult.TryLater("unreachable", null, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DeliveryResult.TryLater("interrupted", null, false);
        } catch (RuntimeException e) {
            return new DeliveryResult.TryLater("internal", null, false);
        }
    }

    private DeliveryResult post(OutboundTarget target, Webhook webhook, EventId id, String body)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant now = clock.instant();
        long timestamp = now.getEpochSecond();
        RequestOptions options = GuardedRequest.to(target, HttpMethod.POST)
                .setTimeout(timeout.toMillis())
                .putHeader("User-Agent", "Postern")
                .putHeader("Content-Type", "application/cloudevents+json; charset=utf-8")
                .putHeader("webhook-id", id.toString())
                .putHeader("webhook-timestamp", Long.toString(timestamp))
                .putHeader("webhook-signature", secrets.signature(webhook, id, timestamp, body, now));
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> Future.succeededFuture(answer(response)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private DeliveryResult answer(HttpClientResponse response) {
        String length = response.getHeader("Content-Length");
        if (!"0".equals(length) && response.statusCode() != 204) {
            // Whatever it wants to tell us, and however long: the connection is not worth waiting for.
            response.request().reset();
        }
        return meaning(response.statusCode(), response.getHeader("Retry-After"), clock.instant());
    }

    static DeliveryResult meaning(int status, @Nullable String retryAfter, Instant now) {
        if (status >= 200 && status < 300) {
            return new DeliveryResult.Taken();
        }
        if (status == 410) {
            return new DeliveryResult.Gone();
        }
        // What only this event may be to blame for does not hold up the others.
        boolean thisEvent = status == 400 || status == 413 || status == 415 || status == 422;
        return new DeliveryResult.TryLater("status-" + status, RetryAfter.of(retryAfter, now), !thisEvent);
    }

    @Override
    public void close() {
        client.close();
    }
}
