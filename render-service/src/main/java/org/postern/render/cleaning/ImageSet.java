package org.postern.render.cleaning;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Of an image that comes in several sizes, the one that everybody gets: a choice of the browser would tell the site what
 * screen it is shown on.
 */
final class ImageSet {
    private static final Pattern DENSITY = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,3})?)x");
    private static final Pattern WIDTH = Pattern.compile("([0-9]{1,5})w");
    private static final double SHARPEST = 2;
    private static final int WIDEST = 1400;
    private static final int MOST = 50;

    private ImageSet() {}

    /** The address to show: of a set the sharpest of at most double density where the size is fixed, or else the first. */
    static String addressOf(Element image) {
        String source = image.attributes().get("src");
        String set = image.attributes().get("srcset").strip();
        if (set.isEmpty()) {
            return source;
        }
        boolean sized = image.hasAttr("width") || image.attr("style").contains("width");
        String best = source;
        double bestRank = source.isEmpty() ? -1 : 1;
        for (String candidate : set.split(",\\s+", MOST)) {
            String[] parts = candidate.strip().split("\\s+", 3);
            double rank = parts.length < 2 ? 1 : rank(parts[1].replace(",", ""));
            if (best.isEmpty() || (sized && rank > bestRank)) {
                best = parts[0];
                bestRank = rank;
            }
        }
        return best;
    }

    private static double rank(String descriptor) {
        Matcher density = DENSITY.matcher(descriptor);
        if (density.matches()) {
            double value = Double.parseDouble(density.group(1));
            return value > SHARPEST ? 0 : value;
        }
        Matcher width = WIDTH.matcher(descriptor);
        if (width.matches()) {
            int value = Integer.parseInt(width.group(1));
            return value > WIDEST ? 0 : 1 + (double) value / WIDEST;
        }
        return 0;
    }
}
