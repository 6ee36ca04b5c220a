package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MailAddress;
import org.postern.message.quarantine.Cursors;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.EntryFilter;
import org.postern.message.quarantine.Page;
import org.postern.message.quarantine.Quarantine;

/** What was judged is searched here. */
@Path("/v1/messages")
@Produces(MediaType.APPLICATION_JSON)
public class QuarantineResource {
    private final Quarantine quarantine;
    private final Cursors cursors;
    private final CurrentCaller currentCaller;

    QuarantineResource(Quarantine quarantine, Cursors cursors, CurrentCaller currentCaller) {
        this.quarantine = quarantine;
        this.cursors = cursors;
        this.currentCaller = currentCaller;
    }

    /** Entries, the newest first: one for each recipient of a judged message. Without mail-read-all only one's own. */
    @GET
    @RolesAllowed({Role.MAIL_READ_ALL, Role.MAIL_READ_OWN})
    @RunOnVirtualThread
    public Response search(@BeanParam SearchQuery query) {
        Caller caller = currentCaller.get();
        EntryFilter filter = scoped(caller, query.filter());
        String text = query.cursor;
        Entry.Position after = text == null
                ? null
                : cursors.read(caller.tenant(), filter, text).orElseThrow(QuarantineResource::foreignCursor);
        Page<Entry, Entry.Position> page = quarantine.search(caller.tenant(), filter, after, query.limit());
        Entry.Position next = page.next();
        return NotStored.ok(new Entries(
                page.items().stream().map(EntryDocument::of).toList(),
                next == null ? null : cursors.write(caller.tenant(), filter, next)));
    }

    private static EntryFilter scoped(Caller caller, EntryFilter filter) {
        if (caller.has(Role.MAIL_READ_ALL)) {
            return filter;
        }
        MailAddress own = caller.address();
        MailAddress asked = filter.recipient();
        if (own == null || asked != null && !asked.folded().equals(own.folded())) {
            throw new ProblemException(403, "recipient-not-yours", "Only entries of one's own mailbox can be read.")
                    .withField("recipient");
        }
        return new EntryFilter(
                filter.disposition(),
                own,
                filter.senderDomain(),
                filter.mailClass(),
                filter.since(),
                filter.until(),
                filter.words(),
                filter.released(),
                filter.offered());
    }

    private static ProblemException foreignCursor() {
        return new ProblemException(400, "cursor-invalid", "The cursor is not one of ours for this search.")
                .withField("cursor")
                .withNext("Begin the search again without a cursor.");
    }

    /**
     * A page.
     *
     * @param next the cursor of the next page; null on the last one
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entries(
            List<EntryDocument> entries, @Nullable String next) {}
}
