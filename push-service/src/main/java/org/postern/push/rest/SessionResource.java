package org.postern.push.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.postern.edge.caller.Role;
import org.postern.push.ApplicationServerKey;

/**
 * What of a JMAP Session object (RFC 8620, section 2) is about push: the capability of RFC 9749, and where the EventSource
 * is. A JMAP server copies it to its own Session; a client without one reads it here.
 */
@Path("/v1/push/session")
@RolesAllowed({Role.PUSH_SUBSCRIBE, Role.PUSH_PUBLISH})
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
    private static final String VAPID = "urn:ietf:params:jmap:webpush-vapid";
    private static final String EVENT_SOURCE = "/v1/push/events?types={types}&closeafter={closeafter}&ping={ping}";

    private final ApplicationServerKey key;

    SessionResource(ApplicationServerKey key) {
        this.key = key;
    }

    /** The part of a Session object. */
    @GET
    @Operation(
            summary = "The part of a JMAP Session object that is about push",
            description = "The capability urn:ietf:params:jmap:webpush-vapid (RFC 9749), and the eventSourceUrl (RFC"
                    + " 8620, section 2), relative to this server.")
    public Session session() {
        return new Session(Map.of(VAPID, new Vapid(key.base64url())), EVENT_SOURCE);
    }

    record Session(Map<String, Vapid> capabilities, String eventSourceUrl) {}

    record Vapid(String applicationServerKey) {}
}
