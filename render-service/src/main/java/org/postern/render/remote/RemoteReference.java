package org.postern.render.remote;

import org.jspecify.annotations.Nullable;

/**
 * References to remote content that are alike.
 *
 * @param host in lower case and ASCII; {@code invalid} where it is none
 * @param reason why it was blocked: {@code tracker} or {@code remote-content}
 * @param vendor whose tracker it is, where known
 * @param count how many there are
 */
public record RemoteReference(
        String host,
        RemoteKind kind,
        String reason,
        boolean tracker,
        @Nullable String vendor,
        int count) {
    /** A reference, once. */
    public static RemoteReference once(String host, RemoteKind kind, boolean tracker, @Nullable String vendor) {
        return new RemoteReference(host, kind, tracker ? "tracker" : "remote-content", tracker, vendor, 1);
    }

    /** The same with another count. */
    public RemoteReference times(int times) {
        return new RemoteReference(host, kind, reason, tracker, vendor, times);
    }
}
