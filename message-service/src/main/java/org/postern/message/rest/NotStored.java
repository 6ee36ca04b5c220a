package org.postern.message.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers about mail, which nobody on the way keeps (RFC 9111, 5.2.2.5). */
final class NotStored {
    private NotStored() {}

    /** A document, with 200. */
    static Response ok(Object document) {
        return with(Response.ok(document));
    }

    /** An answer with something else besides. */
    static Response with(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
