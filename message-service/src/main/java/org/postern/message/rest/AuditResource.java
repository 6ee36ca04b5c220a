package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.AuditTrail;
import org.postern.message.quarantine.Page;

/** Who did what is read here. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private static final int PAGE = 100;

    private final AuditTrail trail;
    private final CurrentCaller currentCaller;

    AuditResource(AuditTrail trail, CurrentCaller currentCaller) {
        this.trail = trail;
        this.currentCaller = currentCaller;
    }

    /** Acts, the newest first, 100 a page. */
    @GET
    @RolesAllowed(Role.POLICY_ADMIN)
    @RunOnVirtualThread
    public Response acts(
            @QueryParam("message") @Nullable String message, @QueryParam("cursor") @Nullable String cursor) {
        Tenant tenant = currentCaller.get().tenant();
        Page<Act, AuditTrail.Place> page = trail.read(
                tenant,
                message == null ? null : Access.id(message),
                cursor == null ? null : place(cursor).orElseThrow(AuditResource::invalid),
                PAGE);
        AuditTrail.Place next = page.next();
        return NotStored.ok(new Acts(
                page.items().stream().map(ActDocument::of).toList(),
                next == null ? null : next.at() + "~" + next.entry()));
    }

    // Not sealed: a place in a trail that the caller may read as a whole opens nothing.
    private static Optional<AuditTrail.Place> place(String cursor) {
        int cut = cursor.indexOf('~');
        try {
            return cut < 0
                    ? Optional.empty()
                    : Optional.of(new AuditTrail.Place(
                            Instant.parse(cursor.substring(0, cut)), EventId.of(cursor.substring(cut + 1))));
        } catch (DateTimeException | MalformedValueException e) {
            return Optional.empty();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(400, "cursor-invalid", "The cursor is not one of ours.").withField("cursor");
    }

    /**
     * A page.
     *
     * @param next the cursor of the next page; null on the last one
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Acts(List<ActDocument> acts, @Nullable String next) {}

    /** One act. {@code actor} is the subject of the access token. */
    public record ActDocument(
            EventId entry,
            Instant at,
            String actor,
            AuditedAct act,
            AuditOutcome outcome,
            @Nullable MessageId message,
            @Nullable String target,
            @Nullable String detail) {
        static ActDocument of(Act act) {
            return new ActDocument(
                    act.entry(),
                    act.at(),
                    act.actor().name(),
                    act.act(),
                    act.outcome(),
                    act.messageId(),
                    act.target(),
                    act.detail());
        }
    }
}
