package org.postern.gateway.route;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of a request, taken literally or not at all: what one side decodes and the other does not is how a request
 * gets past a door. No percent encoding, no empty segment, no dot segment.
 */
public final class RequestPath {
    /** The address of a remote image is signed and holds another address: it has up to 2 900 characters. */
    private static final int LONGEST = 4_096;

    /** Of one segment: a group repeated over the whole path would use the stack for each. */
    private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~:@=-]+");

    private RequestPath() {}

    /** Whether a path can be taken literally. */
    public static boolean isPlain(String path) {
        return path.length() <= LONGEST
                && path.startsWith("/")
                && segments(path).stream()
                        .allMatch(segment -> SEGMENT.matcher(segment).matches());
    }

    static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
