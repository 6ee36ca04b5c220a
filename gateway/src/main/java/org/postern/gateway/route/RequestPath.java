package org.postern.gateway.route;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of a request, taken literally or not at all: what one side decodes and the other does not is how a request
 * gets past a door. No percent encoding, no empty segment, no dot segment.
 */
public final class RequestPath {
    private static final int LONGEST = 2_048;
    private static final Pattern FORM = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~:@=-]+)+");

    private RequestPath() {}

    /** Whether a path can be taken literally. */
    public static boolean isPlain(String path) {
        return path.length() <= LONGEST && FORM.matcher(path).matches();
    }

    static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
