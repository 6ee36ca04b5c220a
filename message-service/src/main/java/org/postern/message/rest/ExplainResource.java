package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.events.MessageId;
import org.postern.message.dryrun.TryPolicy;
import org.postern.message.ledger.Ledger;
import org.postern.message.policy.PolicyInForce;
import org.postern.message.policy.PolicySource;

/** Why a message is judged as it is. */
@Path("/v1/messages/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.POLICY_ADMIN)
public class ExplainResource {
    private final PolicySource source;
    private final TryPolicy tryPolicy;
    private final Ledger ledger;
    private final CurrentCaller currentCaller;

    ExplainResource(PolicySource source, TryPolicy tryPolicy, Ledger ledger, CurrentCaller currentCaller) {
        this.source = source;
        this.tryPolicy = tryPolicy;
        this.ledger = ledger;
        this.currentCaller = currentCaller;
    }

    /** Why the recipients of a message get what they get, by the policy in force now. */
    public record ExplainDocument(MessageId id, String policy, List<TryPolicy.Explanation> recipients) {}

    /** Which rule decides about each recipient of a message, and why none before it did. */
    @GET
    @Path("explain")
    @RunOnVirtualThread
    public Response explain(@PathParam("id") String id) {
        PolicyInForce inForce = source.inForce();
        return ledger.find(currentCaller.get().tenant(), Access.id(id))
                .map(message -> NotStored.ok(new ExplainDocument(
                        message.receipt().id(), inForce.version(), tryPolicy.explain(message, inForce.policy()))))
                .orElseThrow(Access::unknown);
    }
}
