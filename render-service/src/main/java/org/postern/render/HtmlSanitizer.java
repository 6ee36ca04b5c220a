package org.postern.render;

import java.util.List;
import org.postern.mime.InlineImage;

/** Makes HTML harmless: nothing in the result runs, fetches or leaves its place, and a second pass changes nothing. */
public interface HtmlSanitizer {
    /**
     * Sanitises.
     *
     * @param html of any kind; recovered as browsers do
     * @param images for references by {@code cid:}
     * @throws RenderingException where the budget is used up
     */
    SanitizedHtml sanitize(String html, List<InlineImage> images, RenderingBudget budget);
}
