package org.postern.push.webpush;

import java.util.Optional;
import org.postern.push.delivery.PushContent;

/** The headers of a push (RFC 8030, section 5). */
final class WebPushHeaders {
    private WebPushHeaders() {}

    /** New mail and what the user waits for wake a device, the rest comes when it is awake. */
    static String urgency(PushContent content) {
        return content.isUrgent() ? "high" : "normal";
    }

    /** By what the push service tells which push a newer one replaces. */
    static Optional<String> topic(PushContent content) {
        return switch (content) {
            case PushContent.Verification verification -> Optional.empty();
            case PushContent.StateChange change -> change.collapses() ? Optional.of(change.topic()) : Optional.empty();
        };
    }
}
