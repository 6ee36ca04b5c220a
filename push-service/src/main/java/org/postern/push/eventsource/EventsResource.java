package org.postern.push.eventsource;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.identity.RevokedIdentity;
import org.postern.push.AccountStates;
import org.postern.push.Subscriber;
import org.postern.push.config.StreamConfig;
import org.postern.push.rest.Subscribers;
import org.postern.push.stream.Listening;
import org.postern.push.stream.LiveStreams;
import org.postern.push.stream.StreamEnd;
import org.postern.push.stream.StreamEnds;

/** EventSource streams of the caller's account (RFC 8620, section 7.3). */
@Path("/v1/push/events")
@RolesAllowed(Role.PUSH_SUBSCRIBE)
public class EventsResource {
    private final LiveStreams streams;
    private final AccountStates states;
    private final Subscribers subscribers;
    private final SecurityIdentity identity;
    private final StreamEnds ends;
    private final StreamConfig config;
    private final Clock clock;

    EventsResource(
            LiveStreams streams,
            AccountStates states,
            Subscribers subscribers,
            SecurityIdentity identity,
            StreamEnds ends,
            StreamConfig config,
            Clock clock) {
        this.streams = streams;
        this.states = states;
        this.subscribers = subscribers;
        this.identity = identity;
        this.ends = ends;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RunOnVirtualThread
    @Operation(
            summary = "Hear of changes as they happen",
            description =
                    "Ends when the access token expires. With Last-Event-ID nothing is missed in between. An event end"
                            + " says why it is ended earlier.")
    public Multi<OutboundSseEvent> events(
            @QueryParam("types") @Nullable String types,
            @QueryParam("closeafter") @Nullable String closeAfter,
            @QueryParam("ping") @Nullable String ping,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context HttpServerRequest connection,
            @Context Sse sse) {
        StreamRequest request = StreamRequest.of(types, closeAfter, ping, lastEventId);
        Subscriber who = subscribers.current();
        if (streams.size() >= config.most()) {
            throw new ProblemException(503, "too-many-streams", "No more streams can be opened here now.")
                    .withRetryAfter(Duration.ofSeconds(5));
        }
        List<Multi<StreamItem>> sources = new ArrayList<>();
        StreamListener listener = new StreamListener(request, config.slowest(), () -> cutOff(connection));
        sources.add(changes(listening(who), request, listener));
        sources.add(every(config.keepAlive(), new StreamItem.KeepAlive()));
        if (request.ping() > 0) {
            sources.add(every(Duration.ofSeconds(request.ping()), new StreamItem.Ping(request.ping())));
        }
        return Multi.createBy()
                .merging()
                .streams(sources)
                .select()
                .first(item -> !(item instanceof StreamItem.Close))
                .select()
                .first(lifetime())
                .map(item -> {
                    if (item instanceof StreamItem.State) {
                        listener.written();
                    }
                    return event(item, who, sse);
                });
    }

    private Multi<StreamItem> changes(Listening who, StreamRequest request, StreamListener listener) {
        return Multi.createFrom().emitter(emitter -> {
            listener.open(emitter);
            // Listening begins before the look at what is past, so that nothing falls between them.
            emitter.onTermination(streams.listen(who, listener));
            Long resume = request.resume();
            if (resume != null) {
                AccountStates.Since since = states.since(who.tenant(), who.account(), resume);
                listener.tell(since.states(), since.newest());
            }
        });
    }

    /** What a client reads too slowly is not kept for ever: it is cut off, comes back, and resumes. */
    private void cutOff(HttpServerRequest connection) {
        ends.ended(StreamEnd.TOO_SLOW);
        connection.connection().close();
    }

    private Listening listening(Subscriber who) {
        Set<RevokedIdentity> identities = new HashSet<>();
        Instant issued = Instant.EPOCH;
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            issued = Instant.ofEpochSecond(token.getIssuedAtTime());
            identities.add(RevokedIdentity.subject(token.getIssuer(), who.subject()));
            identities.add(RevokedIdentity.token(token.getRawToken()));
            if (token.getClaim("sid") instanceof String session) {
                identities.add(RevokedIdentity.session(token.getIssuer(), session));
            }
        }
        return new Listening(who.tenant(), who.account(), identities, issued);
    }

    private static Multi<StreamItem> every(Duration period, StreamItem item) {
        // The first tick comes at once otherwise; one that finds the client slow is not worth keeping.
        return Multi.createFrom()
                .ticks()
                .startingAfter(period)
                .every(period)
                .onOverflow()
                .drop()
                .map(tick -> item);
    }

    private Duration lifetime() {
        long expires = identity.getPrincipal() instanceof JsonWebToken token ? token.getExpirationTime() : 0;
        Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(expires));
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    private OutboundSseEvent event(StreamItem item, Subscriber who, Sse sse) {
        return switch (item) {
            case StreamItem.State state -> {
                Map<String, Object> document = new TreeMap<>();
                document.put("@type", "StateChange");
                document.put("changed", Map.of(who.account().value(), state.changed()));
                yield sse.newEventBuilder()
                        .name("state")
                        .id(Long.toString(state.position() + 1))
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(document)
                        .build();
            }
            case StreamItem.Ping ping ->
                sse.newEventBuilder()
                        .name("ping")
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(Map.of("interval", ping.seconds()))
                        .build();
            case StreamItem.KeepAlive keepAlive ->
                sse.newEventBuilder().comment("").build();
            case StreamItem.End end -> {
                ends.ended(end.reason());
                yield sse.newEventBuilder()
                        .name("end")
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(Map.of("reason", end.reason().word()))
                        .build();
            }
            case StreamItem.Close close -> throw new IllegalStateException("the end is not told");
        };
    }
}
