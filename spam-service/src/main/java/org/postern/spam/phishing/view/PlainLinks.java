package org.postern.spam.phishing.view;

import java.util.ArrayList;
import java.util.List;

/** Addresses that stand in a plain text, which programs show as links. */
final class PlainLinks {
    private static final String END = " \t\r\n<>\"|{}^`";
    private static final String LAST = ".,;:!?)]'*_";

    private PlainLinks() {}

    /** @param most how many at most */
    static List<Link> in(String text, int most) {
        List<Link> links = new ArrayList<>();
        int from = 0;
        while (links.size() < most) {
            int start = next(text, from);
            if (start < 0) {
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
            WebAddress.of(found.startsWith("www.") ? "http://" + found : found)
                    .ifPresent(target -> links.add(new Link(found, target, Link.Source.TEXT)));
        }
        return links;
    }

    private static int next(String text, int from) {
        int colon = text.indexOf("://", from);
        while (colon >= 0) {
            int start = colon >= 5 && text.regionMatches(true, colon - 5, "https", 0, 5) ? colon - 5 : colon - 4;
            if (start >= from && text.regionMatches(true, start, "http", 0, 4)) {
                break;
            }
            colon = text.indexOf("://", colon + 3);
        }
        int www = text.indexOf("www.", from);
        int http = colon < 0
                ? -1
                : colon >= 5 && text.regionMatches(true, colon - 5, "https", 0, 5) ? colon - 5 : colon - 4;
        if (www >= 0 && (http < 0 || www < http)) {
            return www;
        }
        return http;
    }
}
