package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MessageId;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.quarantine.Quarantine;
import org.postern.message.waiting.Waiters;

/** A message's life is followed here while it goes on. */
@Path("/v1/messages/{id}/events")
public class LifeEventsResource {
    // Longer than anything that is still to come of itself; a client that wants more asks again.
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration RECHECK = Duration.ofSeconds(2);
    private static final int MOST = 500;
    private static final Semaphore PLACES = new Semaphore(MOST);

    private final Access access;
    private final Quarantine quarantine;
    private final Waiters waiters;
    private final CurrentCaller currentCaller;

    LifeEventsResource(Ledger ledger, Quarantine quarantine, Waiters waiters, CurrentCaller currentCaller) {
        this.access = new Access(ledger, quarantine::entries);
        this.quarantine = quarantine;
        this.waiters = waiters;
        this.currentCaller = currentCaller;
    }

    /**
     * The page of {@code GET /v1/messages/{id}} as an event {@code life}, now and whenever it changes, for ten minutes at
     * most; a comment every two seconds in which it does not, so that whoever is in between keeps the connection.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Role.MAIL_READ_ALL, Role.MAIL_READ_OWN})
    @RunOnVirtualThread
    public void follow(@PathParam("id") String text, @Context SseEventSink sink, @Context Sse sse)
            throws InterruptedException {
        Caller caller = currentCaller.get();
        MessageId id = Access.id(text);
        access.verdict(caller, id);
        if (!PLACES.tryAcquire()) {
            throw new ProblemException(503, "too-many-followers", "Too many follow messages now.")
                    .withRetryAfter(RECHECK);
        }
        try (sink;
                Waiters.Waiter waiter = waiters.register(id)) {
            long end = System.nanoTime() + LONGEST.toNanos();
            LifeDocument shown = null;
            while (!sink.isClosed() && System.nanoTime() < end) {
                shown = show(caller, id, shown, sink, sse);
                waiter.await(RECHECK);
            }
        } finally {
            PLACES.release();
        }
    }

    private @Nullable LifeDocument show(
            Caller caller, MessageId id, @Nullable LifeDocument shown, SseEventSink sink, Sse sse) {
        try {
            MessageRecord message = access.verdict(caller, id);
            LifeDocument now = LifeDocument.of(
                    VerdictDocument.of(message, access.shown(caller, message)),
                    message,
                    quarantine.life(caller.tenant(), id));
            boolean changed = !now.equals(shown);
            sink.send(
                    changed
                            ? sse.newEventBuilder()
                                    .name("life")
                                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                                    .data(now)
                                    .build()
                            : sse.newEventBuilder().comment("still the same").build());
            return now;
        } catch (LedgerUnavailableException e) {
            return shown;
        } catch (ProblemException e) {
            // Deleted meanwhile.
            sink.close();
            return shown;
        }
    }
}
