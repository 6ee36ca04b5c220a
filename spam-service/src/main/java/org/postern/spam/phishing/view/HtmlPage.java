package org.postern.spam.phishing.view;

import java.util.List;

/**
 * What a page of HTML shows and does.
 *
 * @param text what a reader sees
 * @param hidden how many letters there are that a reader does not see
 * @param links anchors and maps; a reload counts as one
 * @param images how many images it shows
 * @param linkedImages how many of them lead somewhere
 * @param scripted whether it runs a script
 * @param unfolding whether a script of it takes its text out of a code, as pages do that hide from filters
 * @param embedded images written into the page itself, still as {@code data:} addresses
 * @param whole whether all of it was looked at
 */
public record HtmlPage(
        String text,
        int hidden,
        List<Link> links,
        List<Form> forms,
        int images,
        int linkedImages,
        boolean scripted,
        boolean unfolding,
        List<String> embedded,
        boolean whole) {
    public HtmlPage {
        links = List.copyOf(links);
        forms = List.copyOf(forms);
        embedded = List.copyOf(embedded);
    }

    @Override
    public String toString() {
        return "HtmlPage[" + text.length() + " characters]";
    }
}
