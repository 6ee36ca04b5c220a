package org.postern.spam.evaluation;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param json where the figures are written as JSON
 * @param rspamd a normal worker to ask beside the own analysis
 * @param weights another table than the bundled one
 * @param worst how many mistakes are shown
 * @param domains lists of well-known domains, one a line, none of which should look like another
 */
record Options(
        List<String> folders,
        @Nullable Path json,
        @Nullable URI rspamd,
        @Nullable Path weights,
        int worst,
        List<Path> domains) {
    private static final int WORST = 20;

    static Options of(String[] arguments) {
        List<String> folders = new ArrayList<>();
        List<Path> domains = new ArrayList<>();
        Path json = null;
        URI rspamd = null;
        Path weights = null;
        int worst = WORST;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--json" -> json = Path.of(value(arguments, ++i));
                case "--rspamd" -> rspamd = URI.create(value(arguments, ++i));
                case "--weights" -> weights = Path.of(value(arguments, ++i));
                case "--worst" -> worst = Integer.parseInt(value(arguments, ++i));
                case "--domains" -> domains.add(Path.of(value(arguments, ++i)));
                default -> {
                    if (arguments[i].startsWith("-")) {
                        throw new IllegalArgumentException("there is no option " + arguments[i]);
                    }
                    folders.add(arguments[i]);
                }
            }
        }
        return new Options(folders, json, rspamd, weights, worst, domains);
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }
}
