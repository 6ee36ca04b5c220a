package org.postern.render.owasp;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.render.RenderingBudget;
import org.postern.render.remote.RemoteKind;
import org.postern.render.remote.RemoteUrl;

/** Finds what CSS would fetch, for the report alone: what comes out is allow-listed and knows no {@code url()}. */
final class CssReferences {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([0-9a-fA-F]{1,6})\\s?|([^\\n]))");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[a-z]{2,5}:)?[/\\\\]{2}[^\\s\"'()<>;]{1,2000}", Pattern.CASE_INSENSITIVE);

    private CssReferences() {}

    static void find(String css, RenderingBudget budget, BiConsumer<RemoteUrl, RemoteKind> found) {
        String decoded = withoutComments(unescape(css));
        Matcher address = ADDRESS.matcher(decoded);
        while (address.find()) {
            budget.check();
            RemoteUrl url = RemoteUrl.of(address.group());
            if (url != null) {
                found.accept(url, kind(decoded, address.start()));
            }
        }
    }

    /** By hand: a pattern for comments would go as deep as a hostile comment is long. */
    private static String withoutComments(String css) {
        StringBuilder kept = new StringBuilder(css.length());
        int done = 0;
        int start = css.indexOf("/*");
        while (start >= 0) {
            kept.append(css, done, start).append(' ');
            int end = css.indexOf("*/", start + 2);
            done = end < 0 ? css.length() : end + 2;
            start = css.indexOf("/*", done);
        }
        return kept.append(css, done, css.length()).toString();
    }

    private static RemoteKind kind(String css, int at) {
        String before = css.substring(Math.max(0, at - 200), at).toLowerCase(Locale.ROOT);
        int rule = Math.max(before.lastIndexOf(';'), before.lastIndexOf('}'));
        if (before.indexOf("@import", Math.max(0, rule)) >= 0) {
            return RemoteKind.CSS;
        }
        int face = before.lastIndexOf("@font-face");
        return face >= 0 && before.indexOf('}', face) < 0 ? RemoteKind.FONT : RemoteKind.IMAGE;
    }

    private static String unescape(String css) {
        if (css.indexOf('\\') < 0) {
            return css;
        }
        return ESCAPE.matcher(css).replaceAll(match -> {
            String hex = match.group(1);
            if (hex == null) {
                return Matcher.quoteReplacement(match.group(2));
            }
            int point = Integer.parseInt(hex, 16);
            boolean valid = point > 0 && Character.isValidCodePoint(point);
            return Matcher.quoteReplacement(Character.toString(valid ? point : 0xFFFD));
        });
    }
}
