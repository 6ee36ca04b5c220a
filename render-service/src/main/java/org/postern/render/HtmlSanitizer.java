package org.postern.render;

import java.util.List;
import org.postern.render.remote.RemoteImages;

/** Makes HTML harmless: nothing in the result runs, fetches or leaves its place, and a second pass changes nothing. */
public interface HtmlSanitizer {
    /**
     * Sanitises.
     *
     * @param html of any kind; recovered as browsers do
     * @param images for references by {@code cid:}
     * @param remote what becomes of remote images
     * @throws RenderingException where the budget is used up
     */
    SanitizedHtml sanitize(String html, List<CarriedImage> images, RemoteImages remote, RenderingBudget budget);
}
