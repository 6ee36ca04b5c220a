package org.postern.render.cleaning;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;
import org.postern.render.RenderingBudget;
import org.postern.render.RenderingException;

/** Reads HTML as a browser does, and gives up what grows in being read. */
final class HtmlReader {
    private static final int DEPTH = 256;
    private static final int PIECE = 4096;

    /** Elements for each tag, about: a table and a cell may stand for four. */
    private static final int ELEMENTS_A_TAG = 3;

    private static final int FEW_ELEMENTS = 10_000;

    private HtmlReader() {}

    /** @throws RenderingException where it takes too long, or the parser cannot go on */
    static Document read(String html, RenderingBudget budget) {
        // The parser looks at no clock: it is given a piece at a time.
        Reader watched = new FilterReader(new StringReader(html.indexOf(0) < 0 ? html : html.replace("\u0000", ""))) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                budget.check();
                return super.read(buffer, offset, Math.min(length, PIECE));
            }
        };
        Document document;
        try {
            document = Parser.htmlParser().setMaxDepth(DEPTH).parseInput(watched, "");
        } catch (IndexOutOfBoundsException e) {
            // jsoup loses count of its open formats where it leaves out what is too deep.
            throw new RenderingException(RenderingException.Reason.TOO_EXPENSIVE, "The parser gives the mail up.");
        }
        document.outputSettings()
                .prettyPrint(false)
                .charset(StandardCharsets.UTF_8)
                .escapeMode(Entities.EscapeMode.base);
        return document;
    }

    /**
     * Refuses a tree that is far larger than its text: formats that are never closed are opened anew in each block.
     *
     * @throws RenderingException where it is
     */
    static void refuseGrowth(String html, int elements) {
        if (elements > FEW_ELEMENTS
                && elements
                        > FEW_ELEMENTS
                                + ELEMENTS_A_TAG
                                        * html.chars().filter(c -> c == '<').count()) {
            throw new RenderingException(
                    RenderingException.Reason.TOO_EXPENSIVE, "The mail has far more elements than tags.");
        }
    }
}
