package org.postern.gateway.proxy;

import org.jspecify.annotations.Nullable;

/** The token of an {@code Authorization} header (RFC 6750, section 2.1). */
final class BearerToken {
    private static final String SCHEME = "Bearer ";
    private static final boolean[] ALLOWED = new boolean[128];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=".toCharArray()) {
            ALLOWED[c] = true;
        }
    }

    private BearerToken() {}

    /** The token; null where the header is of another scheme, or holds something else than one token. */
    static @Nullable String of(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        int begin = SCHEME.length();
        while (begin < header.length() && header.charAt(begin) == ' ') {
            begin++;
        }
        for (int i = begin; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c >= ALLOWED.length || !ALLOWED[c]) {
                return null;
            }
        }
        return begin == header.length() ? null : header.substring(begin);
    }
}
