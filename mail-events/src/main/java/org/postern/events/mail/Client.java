package org.postern.events.mail;

import org.jspecify.annotations.Nullable;

/**
 * The host that delivered the message, as the mail server saw it. Personal data: it is on {@code mail.received.v1} alone.
 *
 * @param ip its address in text form; null where it was not told
 * @param helo what it said in HELO or EHLO; null where it was not told
 * @param hostname its name by reverse lookup; null where it has none or it was not told
 */
public record Client(
        @Nullable String ip,
        @Nullable String helo,
        @Nullable String hostname) {
    /** A client of which nothing is known. */
    public static final Client UNKNOWN = new Client(null, null, null);

    @Override
    public String toString() {
        return "Client[hidden]";
    }
}
