package org.postern.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ./postern up} says in its scripts. */
public final class Launcher {
    private static final String PARTS = Checkout.text("deploy/local/lib/parts.sh");
    private static final Pattern PORT = Pattern.compile("\\b([A-Z_]+)=(\\d+)");

    private Launcher() {}

    /** The lines of a function of {@code parts.sh}. */
    public static String function(String name) {
        Matcher body = Pattern.compile("(?s)\\n" + name + "\\(\\) \\{(.*?)\\n}").matcher(PARTS);
        assertThat(body.find()).as(name).isTrue();
        return body.group(1);
    }

    /** The words of a list of {@code parts.sh}. */
    public static List<String> words(String variable) {
        Matcher words = Pattern.compile("\\n" + variable + "=\\(([^)]*)\\)").matcher(PARTS);
        assertThat(words.find()).as(variable).isTrue();
        return List.of(words.group(1).split(" ", -1));
    }

    /** The ports where nothing else is said, by the name that {@code POSTERN_NAME_PORT} gives them. */
    public static Map<String, String> ports() {
        Map<String, String> ports = new HashMap<>();
        PORT.matcher(function("set_ports")).results().forEach(match -> ports.put(match.group(1), match.group(2)));
        return ports;
    }
}
