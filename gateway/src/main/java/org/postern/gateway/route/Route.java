package org.postern.gateway.route;

import java.util.List;
import java.util.Set;

/**
 * One call that the door lets through.
 *
 * @param method the HTTP method
 * @param path the path, with {@code {name}} for one segment of any value
 * @param destination the service that answers
 * @param audiences whom a token must have been made for, one of them; never empty
 * @param roles the roles of which the caller needs one; never empty
 * @param bodyLimit the largest body announced that is let through, in bytes
 */
public record Route(
        String method, String path, Destination destination, Set<String> audiences, Set<String> roles, long bodyLimit) {
    /** The audience of the suite. */
    public static final String AUDIENCE = "postern-api";

    /** A route for tokens that were made for the suite. */
    public Route(String method, String path, Destination destination, Set<String> roles, long bodyLimit) {
        this(method, path, destination, Set.of(AUDIENCE), roles, bodyLimit);
    }

    public Route {
        audiences = Set.copyOf(audiences);
        roles = Set.copyOf(roles);
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("a route needs an audience: " + method + " " + path);
        }
        if (roles.isEmpty()) {
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

    /** Whether a path, cut into its segments, is one of this route. */
    boolean matches(List<String> segments) {
        List<String> own = RequestPath.segments(path);
        if (own.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            if (!own.get(i).startsWith("{") && !own.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }
}
