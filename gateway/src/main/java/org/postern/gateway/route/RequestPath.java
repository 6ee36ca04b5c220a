package org.postern.gateway.route;

import java.util.List;

/**
 * The path of a request, taken literally or not at all: what one side decodes and the other does not is how a request
 * gets past a door. No percent encoding, no empty segment, no dot segment.
 */
public final class RequestPath {
    /** The address of a remote image is signed and holds another address: it has up to 2 900 characters. */
    private static final int LONGEST = 4_096;

    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:@=-".toCharArray()) {
            PLAIN[c] = true;
        }
    }

    private RequestPath() {}

    /** Whether a path can be taken literally. */
    public static boolean isPlain(String path) {
        if (path.length() > LONGEST || path.isEmpty() || path.charAt(0) != '/') {
            return false;
        }
        int begin = 1;
        for (int i = 1; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                if (isEmptyOrDots(path, begin, i)) {
                    return false;
                }
                begin = i + 1;
            } else if (path.charAt(i) >= PLAIN.length || !PLAIN[path.charAt(i)]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmptyOrDots(String path, int begin, int end) {
        return switch (end - begin) {
            case 0 -> true;
            case 1 -> path.charAt(begin) == '.';
            case 2 -> path.charAt(begin) == '.' && path.charAt(begin + 1) == '.';
            default -> false;
        };
    }

    static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /** How many segments a plain path has. */
    static int count(String path) {
        int count = 0;
        for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
            count++;
        }
        return count;
    }
}
