package org.postern.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.render.remote.RemoteReference;

/**
 * HTML that is harmless, and what was done to make it so.
 *
 * @param html the content of a body element
 * @param text what it shows, as plain text
 * @param title what the HTML calls itself, at most 200 characters
 * @param layout the rules of layout it was made for
 * @param direction {@code ltr} or {@code rtl} where the HTML says it
 * @param language a language tag where the HTML says one
 * @param dark whether the mail says that it can be shown dark
 */
public record SanitizedHtml(
        String html,
        String text,
        @Nullable String title,
        PageLayout layout,
        @Nullable String direction,
        @Nullable String language,
        boolean dark,
        List<RemoteReference> remote,
        List<RemovedConstruct> removed,
        List<Link> links) {
    public SanitizedHtml {
        remote = List.copyOf(remote);
        removed = List.copyOf(removed);
        links = List.copyOf(links);
    }
}
