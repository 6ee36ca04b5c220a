package org.postern.message.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a try went. */
public sealed interface DeliveryResult {
    /** A code for it: {@code delivered}, {@code status-503}, {@code timeout} and so on. */
    String reason();

    /** The endpoint took it. */
    record Taken() implements DeliveryResult {
        @Override
        public String reason() {
            return "delivered";
        }
    }

    /** The endpoint says that it is no more (410). */
    record Gone() implements DeliveryResult {
        @Override
        public String reason() {
            return "gone";
        }
    }

    /**
     * It is to be tried again.
     *
     * @param after what the endpoint asked for; null where it asked for nothing
     * @param atEndpoint whether the endpoint is in trouble, and not this event alone
     */
    record TryLater(String reason, @Nullable Duration after, boolean atEndpoint) implements DeliveryResult {}
}
