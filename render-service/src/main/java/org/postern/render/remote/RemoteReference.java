package org.postern.render.remote;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * References to remote content that are alike.
 *
 * @param host in lower case and ASCII; {@code invalid} where it is none
 * @param reason why it was blocked: {@code tracker} or {@code remote-content}; {@code proxied} where it is shown
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
    private static final String PROXIED = "proxied";

    /** A reference, once. */
    public static RemoteReference once(String host, RemoteKind kind, boolean tracker, @Nullable String vendor) {
        return new RemoteReference(host, kind, tracker ? "tracker" : "remote-content", tracker, vendor, 1);
    }

    /** The same, shown through our proxy. */
    public RemoteReference proxied() {
        return new RemoteReference(host, kind, PROXIED, false, null, count);
    }

    /** Whether it is shown through our proxy. */
    @JsonIgnore
    public boolean isProxied() {
        return reason.equals(PROXIED);
    }

    /** The same with another count. */
    public RemoteReference times(int times) {
        return new RemoteReference(host, kind, reason, tracker, vendor, times);
    }
}
