package org.postern.push.webpush;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.postern.outbound.OutboundTarget;
import org.postern.push.AnnounceMail;
import org.postern.push.delivery.PushContent;

/** The headers of a push (RFC 8030, section 5). */
final class WebPushHeaders {
    private static final int TOPIC_BYTES = 15;

    private WebPushHeaders() {}

    /** New mail and what the user waits for wake a device, the rest comes when it is awake. */
    static String urgency(PushContent content) {
        return switch (content) {
            case PushContent.Verification verification -> "high";
            case PushContent.StateChange change ->
                change.states().states().containsKey(AnnounceMail.EMAIL_DELIVERY) ? "high" : "normal";
        };
    }

    /**
     * By what the push service tells which push a newer one replaces: the types that are in it. One for all would let a
     * change of one type take away that of another.
     */
    static Optional<String> topic(PushContent content) {
        return switch (content) {
            case PushContent.Verification verification -> Optional.empty();
            case PushContent.StateChange change ->
                Optional.of(hash(String.join(",", change.states().inOrder().keySet())));
        };
    }

    static String origin(OutboundTarget target) {
        return target.uri().getScheme() + "://" + target.uri().getHost()
                + (target.uri().getPort() == -1 ? "" : ":" + target.port());
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TOPIC_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
