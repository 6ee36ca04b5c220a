package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MalformedValueException;
import org.postern.events.RecipientHashKey;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.policy.ListEntry;
import org.postern.message.policy.Lists;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.AuditTrail;

/** The allow and block lists. What they mean is said by the policy ({@code list: allow}, {@code list: block}). */
@Path("/v1/lists")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.POLICY_ADMIN)
public class ListsResource {
    private static final int MOST = 10_000;

    private final Lists lists;
    private final AuditTrail trail;
    private final RecipientHashKey hashKey;
    private final Clock clock;
    private final CurrentCaller currentCaller;

    ListsResource(Lists lists, AuditTrail trail, RecipientHashKey hashKey, Clock clock, CurrentCaller currentCaller) {
        this.lists = lists;
        this.trail = trail;
        this.hashKey = hashKey;
        this.clock = clock;
        this.currentCaller = currentCaller;
    }

    /**
     * An entry to be added.
     *
     * @param list {@code allow} or {@code block}
     * @param about a sender's address, a domain, {@code *.} and a domain, or a network of clients
     * @param scope the recipient's address or domain; every recipient where it is absent
     * @param expiresAt a time like {@code 2026-11-01T12:00:00Z}; never where it is absent
     */
    public record EntryRequest(
            @Nullable String list,
            @Nullable String about,
            @Nullable String scope,
            @Nullable String expiresAt) {}

    /** An entry. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ListDocument(
            UUID id,
            String list,
            String about,
            @Nullable String scope,
            @Nullable Instant expiresAt,
            Instant addedAt,
            boolean holds) {}

    /** All entries. */
    public record ListsDocument(List<ListDocument> entries) {}

    /** All entries, those that have expired too. */
    @GET
    @RunOnVirtualThread
    public Response all() {
        return NotStored.ok(new ListsDocument(lists.entries(currentCaller.get().tenant()).stream()
                .map(this::document)
                .toList()));
    }

    /** Adds an entry, or replaces the one about the same thing. It counts within two seconds. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response add(@Nullable EntryRequest request) {
        Caller caller = currentCaller.get();
        ListEntry wanted = entry(request);
        if (lists.entries(caller.tenant()).size() >= MOST) {
            throw new ProblemException(409, "lists-full", "The lists have " + MOST + " entries already.")
                    .withNext("Delete those that have expired.");
        }
        ListEntry kept = lists.add(caller.tenant(), wanted);
        note(caller, kept, "added");
        return Response.created(URI.create("/v1/lists/" + kept.id()))
                .entity(document(kept))
                .build();
    }

    /** Takes an entry off. */
    @DELETE
    @Path("{id}")
    @RunOnVirtualThread
    public Response remove(@PathParam("id") String id) {
        Caller caller = currentCaller.get();
        ListEntry removed = lists.remove(caller.tenant(), uuid(id))
                .orElseThrow(() -> new ProblemException(404, "list-entry-unknown", "There is no such entry."));
        note(caller, removed, "removed");
        return Response.noContent().build();
    }

    private void note(Caller caller, ListEntry entry, String what) {
        trail.note(Act.setting(
                Actor.subject(hashKey, caller.tenant(), caller.subject()),
                AuditedAct.LIST_CHANGED,
                AuditOutcome.DONE,
                entry.id().toString(),
                what + "-" + entry.list(),
                clock.instant()));
    }

    private ListEntry entry(@Nullable EntryRequest request) {
        if (request == null || request.list() == null) {
            throw malformed("list", "The list must be allow or block.");
        }
        if (request.about() == null) {
            throw malformed("about", "It must be said whom the entry is about.");
        }
        try {
            return new ListEntry(
                    UUID.randomUUID(),
                    request.list(),
                    request.about(),
                    request.scope(),
                    request.expiresAt() == null ? null : Instant.parse(request.expiresAt()),
                    clock.instant());
        } catch (MalformedValueException e) {
            throw malformed("entry", String.valueOf(e.getMessage()));
        } catch (DateTimeException e) {
            throw malformed("expiresAt", "The time must be like 2026-11-01T12:00:00Z.");
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw malformed("id", "The id of an entry is a UUID.");
        }
    }

    private static ProblemException malformed(String field, String detail) {
        return new ProblemException(400, "list-entry-malformed", detail).withField(field);
    }

    private ListDocument document(ListEntry entry) {
        return new ListDocument(
                entry.id(),
                entry.list(),
                entry.about(),
                entry.scope(),
                entry.expiresAt(),
                entry.addedAt(),
                entry.holdsAt(clock.instant()));
    }
}
