package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.ObjectReference;
import org.postern.events.RecipientHashKey;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.AuditTrail;
import org.postern.message.quarantine.Quarantine;
import org.postern.mime.MailPart;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreException;

/** Bodies are read here, as they are: for people who know what they are doing. Each reading is noted. */
@Path("/v1/messages/{id}")
public class ContentResource {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    // Whatever a mail says its parts are, a browser that opens one runs nothing of it.
    private static final Map<String, Object> HARMLESS = Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "Content-Security-Policy",
            "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            HttpHeaders.CACHE_CONTROL,
            "no-store");

    private final Access access;
    private final MessageStore store;
    private final AuditTrail trail;
    private final RecipientHashKey hashKey;
    private final Clock clock;
    private final CurrentCaller currentCaller;

    ContentResource(
            Ledger ledger,
            Quarantine quarantine,
            MessageStore store,
            AuditTrail trail,
            RecipientHashKey hashKey,
            Clock clock,
            CurrentCaller currentCaller) {
        this.access = new Access(ledger, quarantine::entries);
        this.store = store;
        this.trail = trail;
        this.hashKey = hashKey;
        this.clock = clock;
        this.currentCaller = currentCaller;
    }

    /** The message, octet for octet. */
    @GET
    @Path("raw")
    @RolesAllowed(Role.MAIL_CONTENT)
    @RunOnVirtualThread
    public Response raw(@PathParam("id") String id) {
        ObjectReference object = read(id, "raw");
        InputStream body = open(object);
        return harmless(
                        Response.ok((StreamingOutput) out -> {
                            try (body) {
                                body.transferTo(out);
                            }
                        }),
                        "message/rfc822",
                        Access.id(id) + ".eml")
                .header(HttpHeaders.CONTENT_LENGTH, object.size())
                .build();
    }

    /**
     * One part, decoded: an attachment, an image, a text, a mail inside the mail. What is infected or not scanned is not
     * given away, and what is not delivered to a reader is not theirs.
     *
     * @param part its place in the mail, as in IMAP (RFC 3501, 6.4.5): {@code 2.1}
     */
    @GET
    @Path("attachments/{part}")
    @RolesAllowed(Role.MAIL_CONTENT)
    @RunOnVirtualThread
    public Response attachment(@PathParam("id") String id, @PathParam("part") String part) {
        String place = Attachments.place(part);
        Caller caller = currentCaller.get();
        MessageRecord message = access.content(caller, Access.id(id));
        Attachments.checkScan(message.state().facts().facts().verdict());
        ObjectReference object = message.receipt().event().object();
        MailPart what;
        try (InputStream mail = open(object)) {
            what = Attachments.find(mail, place);
        } catch (IOException e) {
            throw unavailable(e);
        }
        note(caller, message, "part " + place);
        InputStream mail = open(object);
        return harmless(
                        Response.ok((StreamingOutput) out -> {
                            try (mail) {
                                Attachments.copy(mail, place, out);
                            }
                        }),
                        Attachments.type(what),
                        Attachments.name(what))
                .build();
    }

    private ObjectReference read(String id, String what) {
        Caller caller = currentCaller.get();
        MessageRecord message = access.mayOpen(caller, Access.id(id));
        note(caller, message, what);
        return message.receipt().event().object();
    }

    private void note(Caller caller, MessageRecord message, String what) {
        trail.note(Act.on(
                message.receipt().id(),
                Actor.subject(hashKey, caller.tenant(), caller.subject()),
                AuditedAct.MESSAGE_READ,
                AuditOutcome.DONE,
                what,
                null,
                clock.instant()));
    }

    private InputStream open(ObjectReference object) {
        try {
            return store.open(object);
        } catch (ObjectMissingException e) {
            throw new ProblemException(410, "body-missing", "The body of the message is not there any more.");
        } catch (StoreException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(IOException e) {
        return new ProblemException(503, "store-unavailable", "The message cannot be read now.")
                .withRetryAfter(RETRY_AFTER)
                .withCause(e);
    }

    private static Response.ResponseBuilder harmless(Response.ResponseBuilder response, String type, String name) {
        HARMLESS.forEach(response::header);
        return response.header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, SavedAs.disposition(name));
    }
}
