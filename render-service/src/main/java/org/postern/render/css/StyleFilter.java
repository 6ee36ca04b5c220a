package org.postern.render.css;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.postern.render.css.StyleSheet.Frames;
import org.postern.render.css.StyleSheet.Group;
import org.postern.render.css.StyleSheet.Part;
import org.postern.render.css.StyleSheet.Rule;
import org.postern.render.css.StyleSheet.Unknown;
import org.postern.render.css.Token.Type;

/**
 * Reads styles as browsers do and writes anew what is allowed: properties and values of an allow-list, addresses only
 * as they were resolved, selectors that reach into the mail alone. What it wrote once it writes again the same. Takes
 * time in proportion to the text.
 */
public final class StyleFilter {
    private static final Pattern STOP = Pattern.compile("from|to|[0-9]{1,3}(?:\\.[0-9]{1,4})?%");
    private static final int REMEMBERED = 2000;

    private final NotedAddresses addresses;
    private final Runnable check;
    private final OwnStyles own;
    private final KnownStyles known;
    private final boolean judging;
    private final Map<String, String> attributes = new HashMap<>();
    private boolean rootPainted;

    /** @param check called again and again; what it throws ends the work */
    public StyleFilter(Addresses addresses, Runnable check) {
        this(addresses, check, new OwnStyles(), new KnownStyles(), true);
    }

    /**
     * One of several for the same mail.
     *
     * @param own what they wrote
     * @param known what was written in any mail
     * @param judging whether to judge also what they wrote: the one whose report counts does
     */
    public StyleFilter(Addresses addresses, Runnable check, OwnStyles own, KnownStyles known, boolean judging) {
        this.addresses = new NotedAddresses(addresses);
        this.known = known;
        this.check = check;
        this.own = own;
        this.judging = judging;
    }

    /** The value of a style attribute, empty where nothing of it is allowed. */
    public String attribute(String css) {
        if (!judging && own.hasAttribute(css)) {
            return css;
        }
        String written = attributes.get(css);
        if (written != null) {
            return written;
        }
        KnownStyles.WrittenAttribute before = known.attributes.get(css);
        if (before != null) {
            before.leftOut().report(addresses);
            remember(css, before.css());
            return before.css();
        }
        addresses.reset();
        Tokens tokens = Tokenizer.tokens(css, check);
        written = new Declarations(tokens, addresses).write(0, tokens.size(), false);
        // One that would fetch is looked at each time, so that the report counts right.
        if (LeftOutAddresses.report(tokens, addresses)) {
            own.addAttribute(written);
        } else {
            remember(css, written);
            known.attributes.keep(css, new KnownStyles.WrittenAttribute(written, addresses.noted()));
        }
        return written;
    }

    private void remember(String css, String written) {
        if (attributes.size() < REMEMBERED) {
            attributes.put(css, written);
            attributes.put(written, written);
        }
        own.addAttribute(written);
    }

    /** The same for an element that nobody can see: without an address, for it would be there to be fetched. */
    public String unseenAttribute(String css) {
        Tokens tokens = Tokenizer.tokens(css, check);
        String written = new Declarations(tokens, addresses).write(0, tokens.size(), true);
        LeftOutAddresses.report(tokens, addresses);
        own.addAttribute(written);
        return written;
    }

    /** What of a style attribute, as it was written here, paints the background. */
    public String backgrounds(String written) {
        String before = known.backgrounds.get(written);
        if (before != null) {
            return before;
        }
        Tokens tokens = Tokenizer.tokens(written, check);
        Declarations declarations = new Declarations(tokens, addresses);
        declarations.write(0, tokens.size(), false);
        String backgrounds = declarations.backgrounds();
        // One that may hold an address is of one mail alone.
        if (written.indexOf('(') < 0) {
            known.backgrounds.keep(written, backgrounds);
        }
        return backgrounds;
    }

    /** The content of a style element that stands for others, empty where nothing of it is allowed. */
    public String block(String css) {
        return block(new StyleSheet(css, "", check));
    }

    /** The content of a style element, empty where nothing of it is allowed. It never holds {@code <}. */
    public String block(StyleSheet sheet) {
        if (!judging && sheet.media().isEmpty() && own.hasBlock(sheet.css())) {
            return sheet.css();
        }
        if (sheet.isEmpty()) {
            return "";
        }
        KnownStyles.Block block = new KnownStyles.Block(sheet.css(), sheet.media(), rootPainted);
        KnownStyles.Written before = known.written.get(block);
        if (before != null) {
            before.leftOut().report(addresses);
            rootPainted = before.rootPainted();
            own.addBlock(before.css());
            return before.css();
        }
        addresses.reset();
        StyleSheet.Content content = sheet.content();
        Tokens tokens = content.tokens();
        tokens.forgetResolved();
        String condition = content.condition();
        StringBuilder out = new StringBuilder(sheet.css().length());
        if (condition == null) {
            addresses.removed("style-condition");
        } else {
            parts(tokens, content.parts(), !Conditions.isAlways(condition), out);
        }
        LeftOutAddresses.report(tokens, addresses);
        boolean plain = condition == null || condition.isEmpty() || out.isEmpty();
        String written = plain ? out.toString() : "@media " + condition + "{" + out + "}";
        own.addBlock(written);
        if (!addresses.hasResolved()) {
            known.written.keep(block, new KnownStyles.Written(written, addresses.noted(), rootPainted));
        }
        return written;
    }

    /** Puts style blocks that were written here one behind the other; judging them once more would change nothing. */
    public String join(List<String> blocks) {
        List<String> written = blocks.stream().filter(one -> !one.isEmpty()).toList();
        String all = written.size() == 1 ? written.getFirst() : String.join("", written);
        own.addBlock(all);
        return all;
    }

    private void parts(Tokens tokens, List<Part> parts, boolean conditional, StringBuilder out) {
        for (Part part : parts) {
            check.run();
            switch (part) {
                case Rule rule -> rule(tokens, rule, conditional, out);
                case Group group -> group(tokens, group, conditional, out);
                case Frames frames -> frames(tokens, frames, out);
                case Unknown unknown -> addresses.removed("style-rule");
            }
        }
    }

    private void rule(Tokens tokens, Rule rule, boolean conditional, StringBuilder out) {
        Selectors selectors = new Selectors(tokens);
        int start = out.length();
        selectors.write(rule.from(), rule.curly(), out);
        if (out.length() == start) {
            addresses.removed("style-rule");
            return;
        }
        out.append('{');
        int body = out.length();
        Declarations declarations = new Declarations(tokens, addresses);
        // What hides itself would be there to be fetched.
        boolean unseen = tokens.holdAddress(rule.curly() + 1, rule.end())
                && rule.appearance(tokens).isUnseen();
        declarations.write(rule.curly() + 1, rule.end(), conditional || unseen || selectors.isConditional(), out);
        if (out.length() == body) {
            out.setLength(start);
            return;
        }
        out.append('}');
        String painted = declarations.backgrounds();
        rootPainted |= selectors.isOfRoot() && !painted.isEmpty();
        if (selectors.isOfBody() && !painted.isEmpty() && !rootPainted) {
            // The background of a body is that of the whole page (CSS Backgrounds Level 3 section 2.11.2).
            out.insert(start, "." + OwnNames.SCOPE + "{" + painted + "}");
        }
    }

    private void group(Tokens tokens, Group group, boolean conditional, StringBuilder out) {
        String condition = group.condition();
        StringBuilder inside = new StringBuilder();
        if (condition != null) {
            boolean always = group.name().equals("media") && Conditions.isAlways(condition);
            parts(tokens, group.parts(), conditional || !always, inside);
        }
        block(group.name(), condition == null ? "" : condition, inside, out);
    }

    private void frames(Tokens tokens, Frames frames, StringBuilder out) {
        int curly = frames.curly();
        int word = tokens.skipSpace(frames.from(), curly);
        boolean named = word < curly
                && (tokens.get(word).is(Type.IDENT) || tokens.get(word).is(Type.STRING));
        String own = named ? OwnNames.of(tokens.get(word).text()) : null;
        StringBuilder inside = new StringBuilder();
        if (own != null && tokens.skipSpace(word + 1, curly) >= curly) {
            stops(tokens, curly + 1, frames.end(), inside);
        }
        block(frames.name(), own == null ? "" : own, inside, out);
    }

    /** Writes a rule that holds others, where any of these is left. */
    private void block(String name, String prelude, StringBuilder inside, StringBuilder out) {
        if (inside.isEmpty()) {
            addresses.removed("style-rule");
        } else {
            out.append('@').append(name).append(prelude.isEmpty() ? "" : " ").append(prelude);
            out.append('{').append(inside).append('}');
        }
    }

    private void stops(Tokens tokens, int from, int to, StringBuilder out) {
        int i = from;
        while (i < to) {
            int curly = tokens.find(Type.OPEN_CURLY, i, to);
            int end = curly < to ? Math.min(tokens.endOf(curly), to) : to;
            StringBuilder stops = new StringBuilder();
            boolean good = curly < to;
            for (int k = i; k < curly && stops.length() < 200; k++) {
                Token token = tokens.get(k);
                stops.append(
                        switch (token.type()) {
                            case SPACE -> "";
                            case COMMA -> ",";
                            case IDENT -> token.text().toLowerCase(Locale.ROOT);
                            case PERCENTAGE -> token.text() + "%";
                            default -> "?";
                        });
            }
            for (String stop : stops.toString().split(",", -1)) {
                good &= STOP.matcher(stop).matches();
            }
            String body = good ? new Declarations(tokens, addresses).write(curly + 1, end, true) : "";
            if (!body.isEmpty()) {
                out.append(stops).append('{').append(body).append('}');
            }
            i = end + 1;
        }
    }
}
