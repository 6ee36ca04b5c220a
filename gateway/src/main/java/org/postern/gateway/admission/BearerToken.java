package org.postern.gateway.admission;

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

    /** Where in the header its token begins, which is all of the rest; -1 where it is of another scheme, or no token. */
    static int begin(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return -1;
        }
        int begin = SCHEME.length();
        while (begin < header.length() && header.charAt(begin) == ' ') {
            begin++;
        }
        for (int i = begin; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c >= ALLOWED.length || !ALLOWED[c]) {
                return -1;
            }
        }
        return begin == header.length() ? -1 : begin;
    }
}
