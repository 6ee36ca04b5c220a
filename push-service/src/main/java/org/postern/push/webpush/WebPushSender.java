package org.postern.push.webpush;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.OutboundTarget;
import org.postern.outbound.RefusedTargetException;
import org.postern.outbound.vertx.GuardedRequest;
import org.postern.push.delivery.PushContent;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.RefusedDestinationException;
import org.postern.push.delivery.SendResult;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;

/** Sends Web Push (RFC 8030): encrypted for the device (RFC 8291), signed by us (RFC 8292), to where the guard allows. */
public final class WebPushSender implements PushSender {
    private final PushClients clients;
    private final OutboundGuard guard;
    private final VapidKeys vapid;
    private final PushEncryption encryption;
    private final Duration timeToLive;
    private final Duration timeout;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param timeToLive for how long the push service keeps a push for a device that is away
     * @param timeout how long it may take to answer
     */
    public WebPushSender(
            PushClients clients,
            OutboundGuard guard,
            VapidKeys vapid,
            PushEncryption encryption,
            Duration timeToLive,
            Duration timeout,
            Clock clock) {
        this.clients = clients;
        this.guard = guard;
        this.vapid = vapid;
        this.encryption = encryption;
        this.timeToLive = timeToLive;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public void check(Destination destination) throws RefusedDestinationException {
        Destination.WebPush endpoint = (Destination.WebPush) destination;
        DeviceKeys.check(endpoint);
        try {
            guard.check(endpoint.url());
        } catch (RefusedTargetException e) {
            throw new RefusedDestinationException(
                    "endpoint-refused", "url", "url " + e.reason().sentence() + ".");
        }
    }

    @Override
    public SendResult send(DeviceSubscription subscription, PushContent content) {
        Destination.WebPush endpoint = (Destination.WebPush) subscription.destination();
        try {
            // Every time: the name may lead elsewhere by now.
            OutboundTarget target = guard.check(endpoint.url());
            return answer(post(endpoint, target, body(endpoint, subscription, content), content));
        } catch (RefusedTargetException e) {
            if (e.reason() != RefusedTargetException.Reason.UNRESOLVED) {
                return new SendResult.Refused("endpoint-refused");
            }
            return Thread.currentThread().isInterrupted()
                    ? new SendResult.TryLater("interrupted", null, false)
                    : new SendResult.TryLater("unresolved", null, true);
        } catch (TimeoutException e) {
            return new SendResult.TryLater("timeout", null, true);
        } catch (ExecutionException e) {
            return new SendResult.TryLater("unreachable", null, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SendResult.TryLater("interrupted", null, false);
        } catch (RuntimeException e) {
            // Keys that were good when they were given, by the same check, cannot be bad now; whatever else it is, it
            // is ours.
            return new SendResult.TryLater("internal", null, false);
        }
    }

    private byte[] body(Destination.WebPush endpoint, DeviceSubscription subscription, PushContent content) {
        try {
            byte[] document = json.writeValueAsBytes(
                    content.document(subscription.account().value()));
            return encryption.encrypted(endpoint, document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours can always be written", e);
        }
    }

    private HttpClientResponse post(
            Destination.WebPush endpoint, OutboundTarget target, byte[] body, PushContent content)
            throws InterruptedException, ExecutionException, TimeoutException {
        RequestOptions options = GuardedRequest.to(target, HttpMethod.POST)
                .putHeader("TTL", Long.toString(timeToLive.toSeconds()))
                .putHeader("Urgency", WebPushHeaders.urgency(content))
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Encoding", PushEncryption.CONTENT_ENCODING)
                .putHeader("Authorization", vapid.authorization(endpoint.host(), endpoint.applicationServerKey()));
        WebPushHeaders.topic(content).ifPresent(topic -> options.putHeader("Topic", topic));
        return clients.post(target, options, Buffer.buffer(body), timeout)
                .toCompletionStage()
                .toCompletableFuture()
                .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private SendResult answer(HttpClientResponse response) {
        return WebPushAnswers.read(response.statusCode(), response.getHeader("Retry-After"), clock.instant());
    }
}
