package org.postern.push;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.postern.events.MalformedValueException;

/**
 * The new state of each type that changed: a TypeState of RFC 8620, section 7.1. Names and states are checked, since they
 * leave us: neither has room for an address or a subject.
 */
public record TypeStates(Map<String, String> states) {
    /** The most types. */
    public static final int MOST_TYPES = 32;

    private static final int PUNCTUATION = 6;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
    private static final Pattern STATE = Pattern.compile("[A-Za-z0-9._~+/=-]{1,255}");

    public TypeStates {
        if (states.isEmpty() || states.size() > MOST_TYPES) {
            throw new MalformedValueException("state change", "must name 1 to 32 types");
        }
        states.forEach((type, state) -> {
            checkType(type);
            if (!STATE.matcher(state).matches()) {
                throw new MalformedValueException("state", "must be 1 to 255 characters of A-Z a-z 0-9 . _ ~ + / = -");
            }
        });
        states = Map.copyOf(states);
    }

    /**
     * Checks the name of a type.
     *
     * @throws MalformedValueException where it is not one
     */
    public static void checkType(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new MalformedValueException("type", "must be the name of a JMAP type, of 64 characters at most");
        }
    }

    /**
     * As many of them as fit a size, in order, and one at least: a push has room for 4 KiB (RFC 8030, section 7.2).
     *
     * @param most characters of types and states together
     */
    public TypeStates fitting(int most) {
        Map<String, String> some = new TreeMap<>();
        int size = 0;
        for (Map.Entry<String, String> state : inOrder().entrySet()) {
            size += state.getKey().length() + state.getValue().length() + PUNCTUATION;
            if (size > most && !some.isEmpty()) {
                break;
            }
            some.put(state.getKey(), state.getValue());
        }
        return new TypeStates(some);
    }

    /** The same with the types in order, so that it reads the same each time. */
    public Map<String, String> inOrder() {
        return new TreeMap<>(states);
    }
}
