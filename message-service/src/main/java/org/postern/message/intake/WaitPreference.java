package org.postern.message.intake;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client would like to wait for the verdict: the {@code wait} preference of RFC 7240, section 4.3. Preferences
 * that are not understood are passed over, as that RFC asks.
 */
public record WaitPreference(Duration duration) {
    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,9})\"?", Pattern.CASE_INSENSITIVE);

    /**
     * The first {@code wait} among the occurrences of the {@code Prefer} header.
     *
     * @param longest what is granted at most
     */
    public static Optional<WaitPreference> of(List<String> occurrences, Duration longest) {
        for (String occurrence : occurrences) {
            for (String preference : occurrence.split(",", -1)) {
                Matcher matcher = WAIT.matcher(preference.split(";", -1)[0].strip());
                if (matcher.matches()) {
                    Duration asked = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
                    return Optional.of(new WaitPreference(asked.compareTo(longest) > 0 ? longest : asked));
                }
            }
        }
        return Optional.empty();
    }

    /** The value of {@code Preference-Applied}. */
    public String applied() {
        return "wait=" + duration.toSeconds();
    }
}
