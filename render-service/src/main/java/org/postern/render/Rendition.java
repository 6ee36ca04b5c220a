package org.postern.render;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.render.remote.RemoteReference;

/**
 * A mail, ready to be read.
 *
 * @param html harmless HTML, the content of a body element
 * @param text the same as plain text
 * @param title what the HTML calls itself, where it does
 * @param layout the rules of layout the HTML was made for
 * @param direction {@code ltr}, {@code rtl}, or {@code auto} where nothing says it
 * @param language a language tag where the mail says one
 * @param colorScheme {@code light}, or {@code light dark} where the mail can be shown dark too
 * @param remote what would have been fetched, grouped
 * @param removed what was taken out, counted
 * @param links what the reader can follow, at most 1 000
 * @param attachments what the mail carries
 * @param events what its calendar parts tell of, at most ten
 * @param warnings what to beware of, by the assessment; empty where none was at hand
 * @param csp the Content-Security-Policy to serve the HTML with
 */
public record Rendition(
        String html,
        String text,
        @Nullable String title,
        PageLayout layout,
        String direction,
        @Nullable String language,
        String colorScheme,
        Counts counts,
        List<RemoteReference> remote,
        List<RemovedConstruct> removed,
        List<Link> links,
        List<CarriedFile> attachments,
        List<CalendarEvent> events,
        List<Warning> warnings,
        String csp) {
    /** The word among what was removed where the mail is shown as text because all else took too long. */
    public static final String AS_TEXT = "shown-as-text";

    /** The default policy of a page that shows a rendition: nothing is fetched, nothing runs. */
    public static final String CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none';"
            + " base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    public Rendition {
        remote = List.copyOf(remote);
        removed = List.copyOf(removed);
        links = List.copyOf(links);
        attachments = List.copyOf(attachments);
        events = List.copyOf(events);
        warnings = List.copyOf(warnings);
    }

    /** Whether the mail is shown as text because all else took too long. */
    @JsonIgnore
    public boolean isShownAsText() {
        return removed.stream().anyMatch(one -> one.construct().equals(AS_TEXT));
    }

    /** The same with these warnings. */
    public Rendition with(List<Warning> others) {
        return with(html, others);
    }

    /** The same with other HTML. */
    public Rendition showing(String other) {
        return with(other, warnings);
    }

    private Rendition with(String shown, List<Warning> others) {
        return new Rendition(
                shown,
                text,
                title,
                layout,
                direction,
                language,
                colorScheme,
                counts,
                remote,
                removed,
                links,
                attachments,
                events,
                others,
                csp);
    }

    /**
     * The numbers of a rendition.
     *
     * @param blocked references to remote content that were blocked, trackers among them
     * @param trackers how many of them were there to track the reader
     */
    public record Counts(int blocked, int trackers, int removed, int links, int attachments) {}

    /**
     * A file the mail carries.
     *
     * @param part its place in the mail, as in IMAP
     * @param type the media type the mail claims
     * @param size bytes
     * @param inline whether it was meant to be shown in its place
     */
    public record CarriedFile(String part, @Nullable String name, String type, long size, boolean inline) {}

    @Override
    public String toString() {
        // The text of a mail has no place in a log.
        return "Rendition[" + counts + "]";
    }
}
