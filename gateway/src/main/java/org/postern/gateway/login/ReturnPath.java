package org.postern.gateway.login;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a browser goes after a login: a path of our own, never another site. A browser takes {@code //host},
 * {@code /\host} and a tab or line break inside of them for another site; a dot segment or an encoded character could
 * become one of these on its way.
 */
public final class ReturnPath {
    private static final int LONGEST = 1_024;
    private static final String SEGMENT = "[A-Za-z0-9_~=-][A-Za-z0-9._~=-]*";
    private static final Pattern OWN = Pattern.compile(
            "/(?:" + SEGMENT + "(?:/" + SEGMENT + ")*/?)?(?:\\?(?:[A-Za-z0-9._~=&-]|%[0-9A-Fa-f]{2})*)?");

    private ReturnPath() {}

    /** The path asked for; {@code /} where none was, empty where it is none of ours. */
    public static Optional<String> of(String asked) {
        if (asked.isEmpty()) {
            return Optional.of("/");
        }
        return asked.length() <= LONGEST && OWN.matcher(asked).matches() ? Optional.of(asked) : Optional.empty();
    }
}
