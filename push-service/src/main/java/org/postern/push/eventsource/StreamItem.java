package org.postern.push.eventsource;

import java.util.Map;
import org.postern.push.stream.StreamEnd;

/** What goes over a stream. */
sealed interface StreamItem {
    /**
     * Types of the account have these states.
     *
     * @param position where the newest of them stands among the changes of the account
     */
    record State(Map<String, String> changed, long position) implements StreamItem {}

    /** A ping as the client asked for (RFC 8620, section 7.3). */
    record Ping(int seconds) implements StreamItem {}

    /** A comment that keeps the connection open. */
    record KeepAlive() implements StreamItem {}

    /** We end it, and say why. */
    record End(StreamEnd reason) implements StreamItem {}

    /** Nothing more comes. */
    record Close() implements StreamItem {}
}
