package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.Tenant;
import org.postern.events.codec.Topic;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.deadletter.DeadRecord;
import org.postern.message.deadletter.DeadRecords;
import org.postern.message.deadletter.Redriven;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.AuditTrail;

/** Records that a service could not handle, however often it tried. What they say is not shown. */
@Path("/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.POLICY_ADMIN)
@RunOnVirtualThread
public class DeadLettersResource {
    private static final int PAGE = 100;
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,6})-([0-9]{1,18})");

    private final DeadRecords records;
    private final Redriven redriven;
    private final AuditTrail trail;
    private final ActingCaller acting;

    DeadLettersResource(DeadRecords records, Redriven redriven, AuditTrail trail, ActingCaller acting) {
        this.records = records;
        this.redriven = redriven;
        this.trail = trail;
        this.acting = acting;
    }

    /** How many records each topic has among its dead letters, those of other tenants and those put back included. */
    public record TopicsDocument(Map<String, Long> topics) {}

    /**
     * A record.
     *
     * @param place what it is called by
     * @param key the message, or whatever else of ours it is keyed by
     * @param fields the names of the fields of its value
     * @param redrivenAt when it was last put back; null where it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeadLetterDocument(
            String place,
            Instant at,
            String reason,
            @Nullable String event,
            @Nullable String key,
            long size,
            List<String> fields,
            @Nullable Instant redrivenAt) {}

    /**
     * A page.
     *
     * @param next the {@code after} of the next page; null on the last one
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record DeadLettersDocument(
            List<DeadLetterDocument> deadLetters, @Nullable String next) {}

    /** How many were put back. */
    public record RedrivenDocument(int redriven) {}

    /** The topics that have some. */
    @GET
    public Response topics() {
        Map<String, Long> counts = new TreeMap<>();
        records.counts().forEach((topic, count) -> counts.put(topic.topicName(), count));
        return NotStored.ok(new TopicsDocument(counts));
    }

    /** A page of those of a topic. */
    @GET
    @Path("{topic}")
    public Response list(@PathParam("topic") String topic, @QueryParam("after") @Nullable String after) {
        Topic known = topic(topic);
        List<DeadRecord> page = records.read(known, after == null ? null : place(after, "after"), PAGE);
        List<DeadRecord> ours = ours(page);
        Map<DeadRecord.Place, Instant> again =
                redriven.among(known, ours.stream().map(DeadRecord::place).toList());
        return NotStored.ok(new DeadLettersDocument(
                ours.stream()
                        .map(record -> document(record, again.get(record.place())))
                        .toList(),
                page.size() < PAGE ? null : page.getLast().place().toString()));
    }

    /** One of them. */
    @GET
    @Path("{topic}/{place}")
    public Response one(@PathParam("topic") String topic, @PathParam("place") String place) {
        Topic known = topic(topic);
        DeadRecord record = found(known, place(place, "place"));
        return NotStored.ok(
                document(record, redriven.among(known, List.of(record.place())).get(record.place())));
    }

    /** Puts one back where it came from, also if it was before. */
    @POST
    @Path("{topic}/{place}/redrive")
    public Response redrive(@PathParam("topic") String topic, @PathParam("place") String place) {
        Topic known = topic(topic);
        DeadRecord record = found(known, place(place, "place"));
        int count = putBack(known, record) ? 1 : 0;
        note(known, count);
        return Response.accepted(new RedrivenDocument(count)).build();
    }

    /** Puts back all of a topic that were not put back yet; a hundred at a time, so ask again until there are none. */
    @POST
    @Path("{topic}/redrive")
    public Response redriveAll(@PathParam("topic") String topic) {
        Topic known = topic(topic);
        int count = 0;
        DeadRecord.@Nullable Place after = null;
        List<DeadRecord> page;
        do {
            page = records.read(known, after, PAGE);
            after = page.isEmpty() ? null : page.getLast().place();
            List<DeadRecord> ours = ours(page);
            Map<DeadRecord.Place, Instant> again =
                    redriven.among(known, ours.stream().map(DeadRecord::place).toList());
            for (DeadRecord record : ours) {
                if (!again.containsKey(record.place()) && count < PAGE && putBack(known, record)) {
                    count++;
                }
            }
        } while (page.size() == PAGE && count < PAGE);
        note(known, count);
        return Response.accepted(new RedrivenDocument(count)).build();
    }

    private boolean putBack(Topic topic, DeadRecord record) {
        boolean done = records.redrive(topic, record.place());
        if (done) {
            redriven.note(topic, record.place(), acting.now());
        }
        return done;
    }

    private void note(Topic topic, int count) {
        trail.note(Act.setting(
                acting.actor(),
                AuditedAct.DEAD_LETTERS_REDRIVEN,
                AuditOutcome.DONE,
                topic.topicName(),
                Integer.toString(count),
                acting.now()));
    }

    private List<DeadRecord> ours(List<DeadRecord> page) {
        Tenant tenant = acting.tenant();
        return page.stream().filter(record -> record.isOf(tenant)).toList();
    }

    private DeadRecord found(Topic topic, DeadRecord.Place place) {
        return records.find(topic, place)
                .filter(record -> record.isOf(acting.tenant()))
                .orElseThrow(() -> new ProblemException(404, "dead-letter-unknown", "There is no such dead letter."));
    }

    private static Topic topic(String name) {
        return Topic.named(name)
                .orElseThrow(() ->
                        new ProblemException(404, "topic-unknown", "The suite has no such topic.").withField("topic"));
    }

    private static DeadRecord.Place place(String text, String field) {
        Matcher place = PLACE.matcher(text);
        if (!place.matches()) {
            throw new ProblemException(
                            400, "place-malformed", "A place is a partition and an offset with a hyphen between them.")
                    .withField(field);
        }
        return new DeadRecord.Place(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2)));
    }

    private static DeadLetterDocument document(DeadRecord record, @Nullable Instant redrivenAt) {
        return new DeadLetterDocument(
                record.place().toString(),
                record.at(),
                record.reason(),
                record.event(),
                record.key(),
                record.size(),
                record.fields(),
                redrivenAt);
    }
}
