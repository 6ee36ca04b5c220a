package org.postern.gateway.admission;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.route.Route;

/**
 * Whether a page of our own made a request that comes with a cookie. A browser sends cookies along whoever makes the
 * request; it also says who did, in headers that no page can set ({@code Sec-Fetch-Site}, {@code Origin}). A call that
 * changes something must say besides that a script of ours wrote it, by a header that a form cannot have.
 */
final class CrossSite {
    /** What a script adds to calls that change something. */
    static final String HEADER = "Postern-Csrf";

    /**
     * The page of a mail. It is sandboxed: whoever opens it cannot read it, and its own links come from an origin that is
     * nobody's, as those from a provider after a login come from the provider's.
     */
    private static final String VIEW = "GET /v1/messages/{id}/view";

    private final String origin;

    /** @param origin ours: scheme, host and port as browsers write them */
    CrossSite(String origin) {
        this.origin = origin;
    }

    /** Whether a call of the API may be made with a cookie. */
    boolean mayCall(Route route, HttpServerRequest request) {
        return mayCall(route.name(), request.method().name(), request.headers());
    }

    boolean mayCall(String route, String method, MultiMap headers) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return isOwn(headers, false) && "1".equals(headers.get(HEADER));
        }
        return isOwn(headers, true) || method.equals("GET") && route.equals(VIEW) && isOpened(headers);
    }

    /**
     * Whether the user himself must say that he wants it: to show the images of a mail tells its sender that it is read,
     * and whoever has a mail's address could have any browser open it that way.
     */
    boolean mustBeMeant(Route route, HttpServerRequest request) {
        return mustBeMeant(route.name(), request.query(), request.headers());
    }

    boolean mustBeMeant(String route, @Nullable String query, MultiMap headers) {
        return route.equals(VIEW) && query != null && !query.equals("remote=blocked") && !isOwn(headers, true);
    }

    /** Whether a form may be sent with a cookie. */
    boolean isOwnForm(HttpServerRequest request) {
        return isOwn(request.headers(), false);
    }

    /** Whether a browser opens it in a tab or a window, wherever the link to it stands. */
    private boolean isOpened(MultiMap headers) {
        return !isOfOther(headers)
                && headers.getAll("Sec-Fetch-Mode").equals(List.of("navigate"))
                && headers.getAll("Sec-Fetch-Dest").equals(List.of("document"));
    }

    private boolean isOfOther(MultiMap headers) {
        List<String> origins = headers.getAll("Origin");
        return headers.getAll("Sec-Fetch-Site").size() > 1
                || origins.size() > 1
                || !origins.isEmpty() && !origins.getFirst().equals(origin);
    }

    private boolean isOwn(MultiMap headers, boolean safe) {
        if (isOfOther(headers)) {
            return false;
        }
        List<String> sites = headers.getAll("Sec-Fetch-Site");
        if (sites.isEmpty()) {
            // No browser of these years, or none at all.
            return safe || headers.contains("Origin");
        }
        // "none": typed, or a bookmark.
        return sites.getFirst().equals("same-origin")
                || safe && sites.getFirst().equals("none");
    }
}
