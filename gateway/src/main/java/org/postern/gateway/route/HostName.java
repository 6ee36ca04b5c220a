package org.postern.gateway.route;

/**
 * What a request may call its host: a name or an address of IPv4, or one of IPv6 in brackets, and a port perhaps
 * (RFC 9110, section 7.2). Nothing that could be read in two ways.
 */
public final class HostName {
    private static final int LONGEST_NAME = 253;
    private static final int SHORTEST_BRACKETED = 2;
    private static final int LONGEST_BRACKETED = 45;
    private static final int LONGEST_PORT = 5;

    private HostName() {}

    /** Whether a text names a host, and a port perhaps. */
    public static boolean is(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            int length = end - 1;
            return length >= SHORTEST_BRACKETED
                    && length <= LONGEST_BRACKETED
                    && all(text, 1, end, HostName::isOfIpv6)
                    && isPort(text, end + 1);
        }
        int colon = text.indexOf(':');
        int end = colon < 0 ? text.length() : colon;
        return end >= 1 && end <= LONGEST_NAME && all(text, 0, end, HostName::isOfName) && isPort(text, end);
    }

    private static boolean isPort(String text, int begin) {
        int digits = text.length() - begin - 1;
        return begin == text.length()
                || text.charAt(begin) == ':'
                        && digits >= 1
                        && digits <= LONGEST_PORT
                        && all(text, begin + 1, text.length(), HostName::isDigit);
    }

    private interface Kind {
        boolean has(char c);
    }

    private static boolean all(String text, int begin, int end, Kind kind) {
        for (int i = begin; i < end; i++) {
            if (!kind.has(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isOfIpv6(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == ':' || c == '.';
    }

    private static boolean isOfName(char c) {
        return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '-';
    }
}
