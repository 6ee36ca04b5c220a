package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.Problem;
import org.postern.edge.problem.ProblemException;
import org.postern.edge.problem.StandardProblem;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.events.MessageId;
import org.postern.events.TraceContext;
import org.postern.message.config.IntakeConfig;
import org.postern.message.intake.EnvelopeHeaders;
import org.postern.message.intake.EnvelopeParser;
import org.postern.message.intake.IdempotencyKey;
import org.postern.message.intake.InspectedBody;
import org.postern.message.intake.IntakeRequest;
import org.postern.message.intake.WaitPreference;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.Receipt;
import org.postern.message.reception.ReceiveMail;
import org.postern.message.reception.Submitter;
import org.postern.message.waiting.AwaitJudgement;

/** Mails are handed in here. */
@Path("/v1/messages")
public class SubmissionResource {
    private final ReceiveMail receiveMail;
    private final AwaitJudgement awaitJudgement;
    private final SentAnswers sentAnswers;
    private final CurrentCaller currentCaller;
    private final EnvelopeParser parser;
    private final Bodies bodies;
    private final IntakeConfig config;
    private final Tracing tracing;

    SubmissionResource(
            ReceiveMail receiveMail,
            AwaitJudgement awaitJudgement,
            SentAnswers sentAnswers,
            CurrentCaller currentCaller,
            IntakeConfig config,
            Tracing tracing) {
        this.receiveMail = receiveMail;
        this.awaitJudgement = awaitJudgement;
        this.sentAnswers = sentAnswers;
        this.currentCaller = currentCaller;
        this.parser = new EnvelopeParser(config.recipientLimit());
        this.bodies = new Bodies(
                config.messageLimit().asLongValue(), config.headerBlockLimit().asLongValue());
        this.config = config;
        this.tracing = tracing;
    }

    /**
     * Takes a mail in: 202 and its Location when it will not be lost any more, or 200 and its verdict where the client
     * prefers to wait and the mail is judged in that time.
     */
    @POST
    @Consumes("message/rfc822")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.MAIL_SUBMIT)
    @RunOnVirtualThread
    public Response submit(InputStream body, @Context HttpHeaders headers, @Context RoutingContext routing)
            throws InterruptedException {
        Caller caller = currentCaller.get();
        Optional<WaitPreference> wait = WaitPreference.of(all(headers, "Prefer"), config.longestWait());
        Receipt receipt = received(caller, body, headers);
        MessageId id = receipt.id();
        Optional<MessageRecord> judged = wait.isEmpty()
                ? Optional.empty()
                : awaitJudgement.await(caller.tenant(), id, wait.get().duration());
        judged.ifPresent(message -> sentAnswers.handOverWhenSent(message, routing));
        Response.ResponseBuilder response = judged.isPresent()
                ? Response.ok(VerdictDocument.of(judged.get(), recipient -> true))
                : Response.accepted(new Accepted(id, "received"));
        wait.ifPresent(preference -> response.header("Preference-Applied", preference.applied()));
        return NotStored.with(response.location(URI.create("/v1/messages/" + id)));
    }

    private Receipt received(Caller caller, InputStream body, HttpHeaders headers) {
        try {
            if (headers.getMediaType() == null) {
                throw unsupported();
            }
            IntakeRequest request = request(headers);
            InspectedBody inspected = bodies.inspected(body, announced(headers));
            String parent = headers.getHeaderString("traceparent");
            TraceContext trace = TraceContext.continueOrStart(parent);
            try (Span span = tracing.request("receive", trace, parent)) {
                Receipt receipt = receiveMail.receive(
                        new Submitter(caller.tenant(), caller.subject()), request, inspected, trace);
                span.with(SpanAttribute.MESSAGE, receipt.id().toString());
                return receipt;
            }
        } catch (IOException e) {
            Bodies.drain(body);
            throw bodies.problem(e);
        } catch (RuntimeException e) {
            Bodies.drain(body);
            throw e;
        }
    }

    private IntakeRequest request(HttpHeaders headers) {
        EnvelopeHeaders envelope = new EnvelopeHeaders(
                all(headers, "Envelope-From"),
                all(headers, "Envelope-To"),
                all(headers, "Client-Ip"),
                all(headers, "Client-Helo"),
                all(headers, "Client-Hostname"));
        return new IntakeRequest(
                parser.envelope(envelope),
                parser.client(envelope),
                IdempotencyKey.of(all(headers, "Idempotency-Key")).orElse(null));
    }

    private static List<String> all(HttpHeaders headers, String name) {
        return Objects.requireNonNullElse(headers.getRequestHeader(name), List.of());
    }

    private static long announced(HttpHeaders headers) {
        String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? InspectedBody.UNKNOWN_LENGTH : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return InspectedBody.UNKNOWN_LENGTH;
        }
    }

    private static ProblemException unsupported() {
        Problem problem = StandardProblem.of(415);
        return new ProblemException(problem.status(), problem.code(), problem.detail())
                .withNext("Send the mail as message/rfc822.");
    }

    /** The answer while nothing is decided. */
    public record Accepted(MessageId id, String state) {}
}
