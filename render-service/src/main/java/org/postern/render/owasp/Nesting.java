package org.postern.render.owasp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.render.cleaning.DeepNesting;

/**
 * Whether tags are where every parser of HTML leaves them (HTML Standard section 13.2.6): no start tag that closes an element
 * which is open, and nothing that is moved in front of a table. Strict: what it is not sure of it does not let pass.
 */
final class Nesting {
    /** Deeper, parsers begin to leave out. */
    private static final int DEEPEST = DeepNesting.DEEPEST + 10;

    /** What a parser looks at in a tag. */
    private enum Kind {
        /** Goes anywhere. */
        PHRASE,
        /** Like phrases, and holds nothing. */
        VOID,
        /** One is never inside another. */
        ANCHOR,
        /** Closes a paragraph. */
        BLOCK,
        PARAGRAPH,
        HEADING,
        /** Closes a paragraph, and holds nothing. */
        RULE,
        /** Closes a paragraph, and loses a line break right behind its start tag. */
        PREFORMATTED,
        LIST,
        ITEM,
        TERMS,
        TERM,
        RUBY,
        ANNOTATION,
        TABLE,
        CAPTION,
        COLUMNS,
        COLUMN,
        ROWS,
        ROW,
        CELL,
        STYLE
    }

    private static final Map<String, Kind> KINDS = kinds();

    private final Deque<Open> open = new ArrayDeque<>();
    private boolean begun;
    private boolean afterPre;

    /** An open element: whether a paragraph is open up to here that a block would close, and whether a link is. */
    private record Open(String element, Kind kind, boolean inParagraph, boolean inAnchor) {}

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new HashMap<>();
        add(kinds, Kind.PHRASE, "abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small");
        add(kinds, Kind.PHRASE, "span strike strong sub sup time tt u var");
        add(kinds, Kind.VOID, "br img wbr");
        add(kinds, Kind.ANCHOR, "a");
        add(
                kinds,
                Kind.BLOCK,
                "address article aside blockquote center details div figcaption figure footer header main");
        add(kinds, Kind.BLOCK, "nav section summary");
        add(kinds, Kind.PARAGRAPH, "p");
        add(kinds, Kind.HEADING, "h1 h2 h3 h4 h5 h6");
        add(kinds, Kind.RULE, "hr");
        add(kinds, Kind.PREFORMATTED, "pre");
        add(kinds, Kind.LIST, "dir ol ul");
        add(kinds, Kind.ITEM, "li");
        add(kinds, Kind.TERMS, "dl");
        add(kinds, Kind.TERM, "dd dt");
        add(kinds, Kind.RUBY, "ruby");
        add(kinds, Kind.ANNOTATION, "rp rt");
        add(kinds, Kind.TABLE, "table");
        add(kinds, Kind.CAPTION, "caption");
        add(kinds, Kind.COLUMNS, "colgroup");
        add(kinds, Kind.COLUMN, "col");
        add(kinds, Kind.ROWS, "tbody tfoot thead");
        add(kinds, Kind.ROW, "tr");
        add(kinds, Kind.CELL, "td th");
        add(kinds, Kind.STYLE, "style");
        return kinds;
    }

    private static void add(Map<String, Kind> kinds, Kind kind, String elements) {
        for (String element : elements.split(" ")) {
            kinds.put(element, kind);
        }
    }

    static boolean isVoid(String element) {
        Kind kind = KINDS.get(element);
        return kind == Kind.VOID || kind == Kind.RULE || kind == Kind.COLUMN;
    }

    /** Takes in a start tag; whether it opens its element here and changes nothing else. */
    boolean opens(String element) {
        Kind kind = KINDS.get(element);
        Open parent = open.peek();
        Kind around = parent == null ? Kind.BLOCK : parent.kind();
        if (kind == null || open.size() >= DEEPEST || !fits(kind, around, parent)) {
            return false;
        }
        begun |= kind != Kind.STYLE;
        afterPre = kind == Kind.PREFORMATTED;
        if (!isVoid(element)) {
            boolean apart = kind == Kind.CELL || kind == Kind.CAPTION;
            boolean paragraph = !apart && (kind == Kind.PARAGRAPH || (parent != null && parent.inParagraph()));
            boolean anchor = !apart && (kind == Kind.ANCHOR || (parent != null && parent.inAnchor()));
            open.push(new Open(element, kind, paragraph, anchor));
        }
        return true;
    }

    private boolean fits(Kind kind, Kind around, @Nullable Open parent) {
        boolean inParagraph = parent != null && parent.inParagraph();
        boolean place =
                switch (around) {
                    case TABLE -> kind == Kind.CAPTION || kind == Kind.COLUMNS || kind == Kind.ROWS;
                    case COLUMNS -> kind == Kind.COLUMN;
                    case ROWS -> kind == Kind.ROW;
                    case ROW -> kind == Kind.CELL;
                    case STYLE -> false;
                    default -> true;
                };
        return place
                && switch (kind) {
                    case PHRASE, VOID, RUBY -> true;
                    case ANCHOR -> parent == null || !parent.inAnchor();
                    case BLOCK, PARAGRAPH, RULE, PREFORMATTED, LIST, TERMS, TABLE -> !inParagraph;
                    case HEADING -> !inParagraph && around != Kind.HEADING;
                    case ITEM -> !inParagraph && around == Kind.LIST;
                    case TERM -> !inParagraph && around == Kind.TERMS;
                    case ANNOTATION -> around == Kind.RUBY;
                    case CAPTION, COLUMNS, ROWS -> around == Kind.TABLE;
                    case COLUMN -> around == Kind.COLUMNS;
                    case ROW -> around == Kind.ROWS;
                    case CELL -> around == Kind.ROW;
                    case STYLE -> parent == null && !begun;
                };
    }

    /** Takes in text; whether it stays here as it is. */
    boolean holds(String text) {
        Open parent = open.peek();
        Kind around = parent == null ? Kind.BLOCK : parent.kind();
        // In front of everything, space belongs to nothing.
        boolean lost =
                (!begun && around != Kind.STYLE && endOfSpace(text) > 0) || (afterPre && isLineEnd(text.charAt(0)));
        begun |= around != Kind.STYLE;
        afterPre = false;
        return !lost
                && switch (around) {
                    case TABLE, COLUMNS, ROWS, ROW -> false;
                    default -> true;
                };
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** Takes in an end tag; whether it closes the element that was opened last. */
    boolean closes(String element) {
        afterPre = false;
        Open last = open.poll();
        return last != null && last.element().equals(element);
    }

    /** Where the space at the begin of a text ends. */
    static int endOfSpace(String text) {
        int end = 0;
        while (end < text.length() && " \n\t\f\r".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }
}
