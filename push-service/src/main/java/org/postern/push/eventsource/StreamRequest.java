package org.postern.push.eventsource;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.ProblemException;
import org.postern.push.TypeStates;

/**
 * What a client wants to hear (RFC 8620, section 7.3).
 *
 * @param types the types to be told of; null for all
 * @param closeAfterState whether the stream ends after the first change
 * @param ping seconds between pings; 0 for none
 * @param resume the position of the last change that the client has heard of; null where it begins anew
 */
record StreamRequest(
        @Nullable Set<String> types,
        boolean closeAfterState,
        int ping,
        @Nullable Long resume) {
    private static final int LEAST_PING = 10;
    private static final int MOST_PING = 3600;

    static StreamRequest of(
            @Nullable String types, @Nullable String closeAfter, @Nullable String ping, @Nullable String lastEventId) {
        return new StreamRequest(types(types), closeAfter(closeAfter), ping(ping), resume(lastEventId));
    }

    /** Those of the states that the client wants to hear of. */
    Map<String, String> wanted(Map<String, String> states) {
        Map<String, String> wanted = new TreeMap<>(states);
        if (types != null) {
            wanted.keySet().retainAll(types);
        }
        return wanted;
    }

    private static @Nullable Set<String> types(@Nullable String text) {
        if (text == null || text.equals("*")) {
            return null;
        }
        Set<String> names = new TreeSet<>(Arrays.asList(text.split(",", TypeStates.MOST_TYPES + 1)));
        if (names.size() > TypeStates.MOST_TYPES) {
            throw refused("types", "types must be * or name 1 to 32 types, with commas between.");
        }
        names.forEach(TypeStates::checkType);
        return names;
    }

    private static boolean closeAfter(@Nullable String text) {
        return switch (text == null ? "no" : text) {
            case "no" -> false;
            case "state" -> true;
            default -> throw refused("closeafter", "closeafter must be state or no.");
        };
    }

    private static int ping(@Nullable String text) {
        try {
            int seconds = text == null ? 0 : Integer.parseInt(text);
            if (seconds < 0) {
                throw refused("ping", "ping must be a number of seconds, 0 for none.");
            }
            return seconds == 0 ? 0 : Math.clamp(seconds, LEAST_PING, MOST_PING);
        } catch (NumberFormatException e) {
            throw refused("ping", "ping must be a number of seconds, 0 for none.");
        }
    }

    /** An id is a position and one: 0 is that of who has heard nothing. One that is none of ours is as good as that. */
    private static @Nullable Long resume(@Nullable String lastEventId) {
        if (lastEventId == null) {
            return null;
        }
        try {
            return Math.max(-1, Long.parseLong(lastEventId) - 1);
        } catch (NumberFormatException e) {
            return -1L;
        }
    }

    private static ProblemException refused(String field, String sentence) {
        return new ProblemException(400, "parameter-malformed", sentence).withField(field);
    }
}
