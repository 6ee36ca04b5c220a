package org.postern.push.firebase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.MessagingErrorCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.push.delivery.PushContent;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.RefusedDestinationException;
import org.postern.push.delivery.SendResult;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;

/**
 * Sends through Firebase Cloud Messaging. Firebase can read what it carries, so the account goes by an alias that only the
 * device can resolve, and there is nothing else in it but types and opaque states.
 */
public final class FirebaseSender implements PushSender {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_:=.-]{20,4096}");
    private static final String FIELD = "data";

    private final FirebaseMessaging messaging;
    private final boolean dryRun;
    private final Duration timeToLive;
    private final Duration timeout;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param dryRun whether Firebase only checks pushes
     * @param timeToLive for how long Firebase keeps a push for a device that is away; 28 days at most
     * @param timeout how long it may take to answer
     */
    public FirebaseSender(FirebaseMessaging messaging, boolean dryRun, Duration timeToLive, Duration timeout) {
        this.messaging = messaging;
        this.dryRun = dryRun;
        this.timeToLive = timeToLive;
        this.timeout = timeout;
    }

    @Override
    public void check(Destination destination) throws RefusedDestinationException {
        Destination.Firebase app = (Destination.Firebase) destination;
        if (!TOKEN.matcher(app.token()).matches()) {
            throw new RefusedDestinationException("token-refused", "token", "token is not a registration token.");
        }
    }

    @Override
    public SendResult send(DeviceSubscription subscription, PushContent content) {
        Destination.Firebase app = (Destination.Firebase) subscription.destination();
        FutureTask<SendResult> sending = new FutureTask<>(() -> sendNow(app, subscription.accountAlias(), content));
        // The SDK tries again by itself, and sleeps meanwhile, for a minute if it is told to: our patience ends
        // earlier.
        Thread.ofVirtual().name("firebase").start(sending);
        try {
            return sending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            sending.cancel(true);
            return new SendResult.TryLater("timeout", null, true);
        } catch (InterruptedException e) {
            sending.cancel(true);
            Thread.currentThread().interrupt();
            return new SendResult.TryLater("interrupted", null, false);
        } catch (ExecutionException e) {
            return new SendResult.TryLater("internal", null, false);
        }
    }

    private SendResult sendNow(Destination.Firebase app, String account, PushContent content)
            throws JsonProcessingException {
        AndroidConfig.Builder android = AndroidConfig.builder()
                .setPriority(content.isUrgent() ? AndroidConfig.Priority.HIGH : AndroidConfig.Priority.NORMAL)
                .setTtl(timeToLive.toMillis());
        if (content instanceof PushContent.StateChange change && change.collapses()) {
            android.setCollapseKey(change.topic());
        }
        try {
            messaging.send(
                    Message.builder()
                            .setToken(app.token())
                            .putData(FIELD, json.writeValueAsString(content.document(account)))
                            .setAndroidConfig(android.build())
                            .build(),
                    dryRun);
            return new SendResult.Delivered();
        } catch (FirebaseMessagingException e) {
            return result(e);
        }
    }

    private static SendResult result(FirebaseMessagingException e) {
        MessagingErrorCode code = e.getMessagingErrorCode();
        if (code == null) {
            return new SendResult.TryLater("unreachable", after(e), true);
        }
        return switch (code) {
            case UNREGISTERED -> new SendResult.Gone();
            // A token of another project never becomes one of ours.
            case SENDER_ID_MISMATCH -> new SendResult.Gone();
            case INVALID_ARGUMENT -> new SendResult.Refused("invalid-argument");
            case QUOTA_EXCEEDED -> new SendResult.TryLater("quota-exceeded", after(e), false);
            case UNAVAILABLE -> new SendResult.TryLater("unavailable", after(e), true);
            case INTERNAL -> new SendResult.TryLater("internal-there", after(e), true);
            case THIRD_PARTY_AUTH_ERROR -> new SendResult.TryLater("third-party-auth", after(e), false);
        };
    }

    private static @Nullable Duration after(FirebaseMessagingException e) {
        if (e.getHttpResponse() == null) {
            return null;
        }
        Object header = e.getHttpResponse().getHeaders().get("retry-after");
        Object value = header instanceof List<?> list && !list.isEmpty() ? list.getFirst() : header;
        try {
            return value == null ? null : Duration.ofSeconds(Long.parseLong(value.toString()));
        } catch (NumberFormatException | DateTimeException notSeconds) {
            return null;
        }
    }
}
