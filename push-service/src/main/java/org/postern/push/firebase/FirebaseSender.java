package org.postern.push.firebase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.Message;
import java.time.Duration;
import java.util.regex.Pattern;
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

    private final Duration timeToLive;
    private final Chunks chunks;
    private final ObjectMapper json = new ObjectMapper();

    public FirebaseSender(FirebaseMessaging messaging, FirebaseTerms terms) {
        this.timeToLive = terms.timeToLive();
        this.chunks = new Chunks(
                messages -> messaging.sendEachAsync(messages, terms.dryRun()),
                terms.chunk(),
                terms.timeout(),
                call -> Thread.ofVirtual().name("firebase").start(call));
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
        try {
            return chunks.send(subscription.id(), message(app, subscription.accountName(), content));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SendResult.TryLater("interrupted", null, false);
        } catch (JsonProcessingException | RuntimeException e) {
            return new SendResult.TryLater("internal", null, false);
        }
    }

    private Message message(Destination.Firebase app, String account, PushContent content)
            throws JsonProcessingException {
        AndroidConfig.Builder android = AndroidConfig.builder()
                .setPriority(content.isUrgent() ? AndroidConfig.Priority.HIGH : AndroidConfig.Priority.NORMAL)
                .setTtl(timeToLive.toMillis());
        if (content instanceof PushContent.StateChange change && change.collapses()) {
            android.setCollapseKey(change.topic());
        }
        return Message.builder()
                .setToken(app.token())
                .putData(FIELD, json.writeValueAsString(content.document(account)))
                .setAndroidConfig(android.build())
                .build();
    }
}
