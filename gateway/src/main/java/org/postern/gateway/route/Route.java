package org.postern.gateway.route;

import java.util.List;
import java.util.Set;

/**
 * One call that the door lets through.
 *
 * @param method the HTTP method
 * @param path the path, with {@code {name}} for one segment of any value
 * @param destination the service that answers
 * @param signed whether its address carries a signature that its service checks, and which is all that it needs: then no
 *     token is asked for
 * @param audiences whom a token must have been made for, one of them; empty where it is signed and only there
 * @param roles the roles of which the caller needs one; empty where it is signed and only there
 * @param bodyLimit the largest body announced that is let through, in bytes
 */
public record Route(
        String method,
        String path,
        Destination destination,
        boolean signed,
        Set<String> audiences,
        Set<String> roles,
        long bodyLimit) {
    /** The audience of the suite. */
    public static final String AUDIENCE = "postern-api";

    /** A route for tokens that were made for the suite. */
    public Route(String method, String path, Destination destination, Set<String> roles, long bodyLimit) {
        this(method, path, destination, false, Set.of(AUDIENCE), roles, bodyLimit);
    }

    /** A route whose address is signed by the service that answers. */
    static Route signed(String method, String path, Destination destination, long bodyLimit) {
        return new Route(method, path, destination, true, Set.of(), Set.of(), bodyLimit);
    }

    public Route {
        audiences = Set.copyOf(audiences);
        roles = Set.copyOf(roles);
        if (signed && !(audiences.isEmpty() && roles.isEmpty())) {
            throw new IllegalArgumentException("a signed route asks for no token: " + method + " " + path);
        }
        if (!signed && audiences.isEmpty()) {
            throw new IllegalArgumentException("a route needs an audience: " + method + " " + path);
        }
        if (!signed && roles.isEmpty()) {
            throw new IllegalArgumentException("a route needs a role: " + method + " " + path);
        }
    }

    /** Whether its answer is a stream of events, which goes on until somebody ends it. */
    public boolean isStream() {
        return path.endsWith("/events");
    }

    /** Its method and path, by which a configuration names it. */
    public String name() {
        return method + " " + path;
    }

    /** Whether a plain path of as many segments is one of this route, whose own path is cut into them. */
    static boolean matches(List<String> own, String path) {
        int begin = 1;
        for (int i = 0; i < own.size(); i++) {
            String segment = own.get(i);
            int slash = path.indexOf('/', begin);
            int end = slash < 0 ? path.length() : slash;
            boolean isAny = segment.charAt(0) == '{';
            if (!isAny && !(segment.length() == end - begin && path.startsWith(segment, begin))) {
                return false;
            }
            begin = end + 1;
        }
        return true;
    }
}
