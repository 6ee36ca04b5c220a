package org.postern.spam.phishing.view;

import java.util.ArrayList;
import java.util.List;

/** Addresses that stand in a plain text, which programs show as links. */
final class PlainLinks {
    private static final String END = " \t\r\n<>\"|{}^`";
    private static final String LAST = ".,;:!?)]'*_";
    private static final String AUTHORITY = "://";
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final String WWW = "www.";

    private final String text;
    // Where the next of each kind begins; looked for anew only once it is passed, so that a text is read once.
    private int scheme;
    private int www;

    private PlainLinks(String text) {
        this.text = text;
        this.scheme = scheme(0);
        this.www = www(0);
    }

    /** @param most how many at most */
    static List<Link> in(String text, int most) {
        PlainLinks search = new PlainLinks(text);
        List<Link> links = new ArrayList<>();
        int from = 0;
        while (links.size() < most) {
            int start = search.next(from);
            if (start == text.length()) {
                return links;
            }
            int end = start;
            while (end < text.length() && end - start < WebAddress.LONGEST && END.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            from = end;
            while (end > start && LAST.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            String found = text.substring(start, end);
            WebAddress.of(start == search.www ? "http://" + found : found)
                    .ifPresent(target -> links.add(new Link(found, target, Link.Source.TEXT)));
        }
        return links;
    }

    /** Where the next address begins; the end of the text where there is none. */
    private int next(int from) {
        if (scheme < from) {
            scheme = scheme(from);
        }
        if (www < from) {
            www = www(from);
        }
        return Math.min(scheme, www);
    }

    private int scheme(int from) {
        int colon = text.indexOf(AUTHORITY, from);
        while (colon >= 0) {
            if (colon - HTTPS.length() >= from && is(HTTPS, colon - HTTPS.length())) {
                return colon - HTTPS.length();
            }
            if (colon - HTTP.length() >= from && is(HTTP, colon - HTTP.length())) {
                return colon - HTTP.length();
            }
            colon = text.indexOf(AUTHORITY, colon + AUTHORITY.length());
        }
        return text.length();
    }

    private int www(int from) {
        int dot = text.indexOf('.', from);
        while (dot >= 0) {
            if (dot - 3 >= from && is(WWW, dot - 3)) {
                return dot - 3;
            }
            dot = text.indexOf('.', dot + 1);
        }
        return text.length();
    }

    private boolean is(String word, int at) {
        return text.regionMatches(true, at, word, 0, word.length());
    }
}
