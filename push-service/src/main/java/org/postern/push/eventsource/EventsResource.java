package org.postern.push.eventsource;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.push.AccountStates;
import org.postern.push.Subscriber;
import org.postern.push.config.StreamConfig;
import org.postern.push.rest.KnownTypes;
import org.postern.push.rest.Subscribers;
import org.postern.push.stream.Listening;
import org.postern.push.stream.LiveStreams;
import org.postern.push.stream.StreamEnds;

/** EventSource streams of the caller's account (RFC 8620, section 7.3). */
@Path("/v1/push/events")
@RolesAllowed(Role.PUSH_SUBSCRIBE)
public class EventsResource {
    private static final Logger LOG = Logger.getLogger(EventsResource.class);

    private final LiveStreams streams;
    private final AccountStates states;
    private final Subscribers subscribers;
    private final KnownTypes types;
    private final SecurityIdentity identity;
    private final CurrentVertxRequest current;
    private final StreamEnds ends;
    private final StreamConfig config;
    private final Clock clock;

    EventsResource(
            LiveStreams streams,
            AccountStates states,
            Subscribers subscribers,
            KnownTypes types,
            SecurityIdentity identity,
            CurrentVertxRequest current,
            StreamEnds ends,
            StreamConfig config,
            Clock clock) {
        this.streams = streams;
        this.states = states;
        this.subscribers = subscribers;
        this.types = types;
        this.identity = identity;
        this.current = current;
        this.ends = ends;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "Hear of changes as they happen",
            description =
                    "Ends when the access token expires. With Last-Event-ID nothing is missed in between. An event end"
                            + " says why it is ended earlier.")
    @APIResponse(
            responseCode = "200",
            description = "A stream of the events state, ping and end",
            content = @Content(mediaType = "text/event-stream"))
    public Response events(
            @QueryParam("types") @Nullable String wanted,
            @QueryParam("closeafter") @Nullable String closeAfter,
            @QueryParam("ping") @Nullable String ping,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        StreamRequest request = StreamRequest.of(wanted, closeAfter, ping, lastEventId);
        types.check(request.types() == null ? Set.of() : request.types(), "types");
        Subscriber who = subscribers.current();
        if (streams.size() >= config.most()) {
            throw new ProblemException(503, "too-many-streams", "No more streams can be opened here now.")
                    .withRetryAfter(Duration.ofSeconds(5));
        }
        Listening listening = new Listening(who.tenant(), who.account(), who.credentials());
        Duration lifetime = lifetime();
        RoutingContext exchange = current.getCurrent();
        OpenStream stream = () -> begin(exchange, listening, request, lifetime);
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    private void begin(RoutingContext exchange, Listening who, StreamRequest request, Duration lifetime) {
        EventStream stream =
                new EventStream(exchange.vertx(), exchange.response(), who.account(), request, config.slowest(), ends);
        exchange.addEndHandler(done -> stream.closed());
        // The token and what was read from it: ten thousand of them are a hundred megabytes that nobody looks at again.
        exchange.request().headers().remove("Authorization");
        exchange.clearUser();
        exchange.data().clear();
        stream.begin(config.keepAlive(), lifetime);
        // Listening begins before the look at what is past, so that nothing falls between them.
        stream.forgottenBy(streams.listen(who, stream));
        Long resume = request.resume();
        if (resume != null) {
            try {
                AccountStates.Since since = states.since(who.tenant(), who.account(), resume);
                stream.tell(since.states(), since.newest());
            } catch (RuntimeException e) {
                // The head has gone out. Cut off the client comes back with the same id; left open it would never hear
                // what it has missed. Without its message, which may quote what it failed on.
                stream.cutOff();
                LOG.warnf(
                        "a stream was cut off that could not resume: %s",
                        e.getClass().getSimpleName());
            }
        }
    }

    private Duration lifetime() {
        long expires = identity.getPrincipal() instanceof JsonWebToken token ? token.getExpirationTime() : 0;
        Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(expires));
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }
}
