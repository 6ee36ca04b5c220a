package org.postern.edge.problem;

import jakarta.ws.rs.core.Response;

/** The words of a status code (RFC 9110). */
final class StatusTitle {
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int UNPROCESSABLE_CONTENT = 422;

    private StatusTitle() {}

    static String of(int status) {
        if (status == CONTENT_TOO_LARGE) {
            return "Content Too Large";
        }
        if (status == UNPROCESSABLE_CONTENT) {
            return "Unprocessable Content";
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
