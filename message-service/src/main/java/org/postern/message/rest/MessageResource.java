package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.quarantine.Quarantine;

/** What was decided about a message is read here. */
@Path("/v1/messages/{id}")
public class MessageResource {
    private final Access access;
    private final Quarantine quarantine;
    private final SentAnswers sentAnswers;
    private final CurrentCaller currentCaller;

    MessageResource(Ledger ledger, Quarantine quarantine, SentAnswers sentAnswers, CurrentCaller currentCaller) {
        this.access = new Access(ledger, quarantine::entries);
        this.quarantine = quarantine;
        this.sentAnswers = sentAnswers;
        this.currentCaller = currentCaller;
    }

    /** The verdict document, with the message's whole life. To whoever handed the message in, it is the answer: from here on it is handed over. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.MAIL_READ_ALL, Role.MAIL_READ_OWN, Role.MAIL_SUBMIT})
    @RunOnVirtualThread
    public Response verdict(@PathParam("id") String id, @Context RoutingContext routing) {
        Caller caller = currentCaller.get();
        MessageRecord message = access.verdict(caller, Access.id(id));
        if (message.wasSubmittedBy(caller.subject())) {
            sentAnswers.handOverWhenSent(message, routing);
        }
        return NotStored.ok(LifeDocument.of(
                VerdictDocument.of(message, access.shown(caller, message)),
                message,
                quarantine.life(caller.tenant(), message.receipt().id())));
    }
}
