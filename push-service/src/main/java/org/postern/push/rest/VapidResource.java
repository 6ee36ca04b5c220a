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

/** The key that a browser has to subscribe with (RFC 9749). */
@Path("/v1/push/vapid")
@RolesAllowed(Role.PUSH_SUBSCRIBE)
@Produces(MediaType.APPLICATION_JSON)
public class VapidResource {
    private final ApplicationServerKey key;

    VapidResource(ApplicationServerKey key) {
        this.key = key;
    }

    @GET
    @Operation(summary = "The application server key, for PushManager.subscribe")
    public Map<String, String> key() {
        return Map.of("applicationServerKey", key.base64url());
    }
}
