package org.postern.render.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/**
 * A style element, read once for all who look at it (CSS Syntax Level 3 section 5), and not before somebody does. For use by
 * one thread.
 */
public final class StyleSheet {
    private static final int DEEPEST = 8;

    private final String css;
    private final String media;
    private final Runnable check;
    private @Nullable Content content;

    /**
     * @param media the element's attribute of that name, or nothing
     * @param check called again and again while it is read; what it throws ends the work
     */
    public StyleSheet(String css, String media, Runnable check) {
        this.css = css;
        this.media = media;
        this.check = check;
    }

    /** What stands on one level of a style sheet. */
    sealed interface Part permits Rule, Group, Frames, Unknown {}

    /** Selectors from one token to the bracket that opens, and declarations up to the end. */
    record Rule(int from, int curly, int end) implements Part {
        /** What the declarations do to be seen. */
        Appearance appearance(Tokens tokens) {
            return Appearance.of(tokens, curly + 1, end);
        }
    }

    /**
     * Parts that hold only sometimes.
     *
     * @param name {@code media} or {@code supports}
     * @param condition written anew, or null where it is not allowed
     * @param parts those inside; none where it is too deep
     */
    record Group(String name, @Nullable String condition, List<Part> parts) implements Part {}

    /**
     * A rule of frames, whose name stands before the bracket that opens.
     *
     * @param name {@code keyframes}, or what it was called once
     */
    record Frames(String name, int from, int curly, int end) implements Part {}

    /** What is of no kind that is known, or not written to its end. */
    record Unknown() implements Part {}

    /**
     * What was read.
     *
     * @param condition that of the attribute, or null where it is not allowed
     */
    record Content(Tokens tokens, @Nullable String condition, List<Part> parts) {}

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return css.isEmpty() && media.isEmpty();
    }

    String css() {
        return css;
    }

    String media() {
        return media;
    }

    Content content() {
        Content known = content;
        if (known == null) {
            Tokens query = Tokenizer.tokens(media, check);
            String condition = Conditions.write(query, 0, query.size());
            Tokens tokens = Tokenizer.tokens(css, check);
            known = new Content(tokens, condition, parts(tokens, 0, tokens.size(), 0));
            content = known;
        }
        return known;
    }

    private List<Part> parts(Tokens tokens, int from, int to, int depth) {
        List<Part> parts = new ArrayList<>();
        int i = from;
        while (i < to) {
            check.run();
            Token token = tokens.get(i);
            if (token.is(Type.SPACE) || token.is(Type.COMMENT_MARK)) {
                i++;
                continue;
            }
            boolean at = token.is(Type.AT);
            int curly = at ? tokens.findEndOfPrelude(i, to) : tokens.find(Type.OPEN_CURLY, i, to);
            int end = curly < to ? Math.min(tokens.endOf(curly), to) : to;
            if (curly >= to || tokens.get(curly).is(Type.SEMICOLON)) {
                parts.add(new Unknown());
            } else if (at) {
                parts.add(atRule(tokens, i, curly, end, depth));
            } else {
                parts.add(new Rule(i, curly, end));
            }
            i = end + 1;
        }
        return parts;
    }

    private Part atRule(Tokens tokens, int at, int curly, int end, int depth) {
        String name = tokens.get(at).text().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "media", "supports" ->
                new Group(
                        name,
                        Conditions.write(tokens, at + 1, curly),
                        depth < DEEPEST ? parts(tokens, curly + 1, end, depth + 1) : List.of());
            case "keyframes", "-webkit-keyframes" -> new Frames(name, at + 1, curly, end);
            default -> new Unknown();
        };
    }
}
