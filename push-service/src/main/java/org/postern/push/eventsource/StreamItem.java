package org.postern.push.eventsource;

import java.time.Instant;
import java.util.Map;

/** What goes over a stream. */
sealed interface StreamItem {
    /** Types of the account have these states. */
    record State(Map<String, String> changed, Instant at) implements StreamItem {}

    /** A ping as the client asked for (RFC 8620, section 7.3). */
    record Ping(int seconds) implements StreamItem {}

    /** A comment that keeps the connection open. */
    record KeepAlive() implements StreamItem {}

    /** Nothing more comes. */
    record End() implements StreamItem {}
}
