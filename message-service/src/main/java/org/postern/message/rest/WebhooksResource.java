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
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.EventId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.config.WebhookConfig;
import org.postern.message.outlet.ToldEvent;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.AuditTrail;
import org.postern.message.webhook.Deliveries;
import org.postern.message.webhook.DeliveryResult;
import org.postern.message.webhook.Endpoint;
import org.postern.message.webhook.RefusedEndpointException;
import org.postern.message.webhook.Webhook;
import org.postern.message.webhook.WebhookSecrets;
import org.postern.message.webhook.Webhooks;

/** Endpoints that are told of events (docs/webhooks.md). Whoever may add one decides what leaves the installation. */
@Path("/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.POLICY_ADMIN)
@RunOnVirtualThread
public class WebhooksResource {
    private static final String PING = "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/message-service\","
            + "\"type\":\"org.postern.webhook.ping.v1\",\"time\":\"%s\",\"tenant\":\"%s\","
            + "\"datacontenttype\":\"application/json\",\"data\":{}}";

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Endpoint endpoint;
    private final WebhookSecrets secrets;
    private final WebhookConfig config;
    private final AuditTrail trail;
    private final ActingCaller acting;

    WebhooksResource(
            Webhooks webhooks,
            Deliveries deliveries,
            Endpoint endpoint,
            WebhookSecrets secrets,
            WebhookConfig config,
            AuditTrail trail,
            ActingCaller acting) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.endpoint = endpoint;
        this.secrets = secrets;
        this.config = config;
        this.trail = trail;
        this.acting = acting;
    }

    /**
     * A webhook to be added.
     *
     * @param url an https URL of at most 2048 characters
     * @param topics of which events, by the names of their topics
     */
    public record WebhookRequest(
            @Nullable String url, @Nullable List<@Nullable String> topics) {}

    /**
     * A webhook.
     *
     * @param secret only in the answer to adding it and to renewing its secret; null otherwise
     * @param previousSecretUntil until when the secret before it signs too
     * @param suspension why nothing is sent and nothing kept for it
     * @param failures how many tries in a row went wrong
     * @param restUntil until when it is left alone because of them
     * @param waiting how many events wait for it; null in a list
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WebhookDocument(
            UUID id,
            String url,
            List<String> topics,
            Instant createdAt,
            @Nullable String secret,
            @Nullable Instant previousSecretUntil,
            @Nullable Instant suspendedAt,
            @Nullable String suspension,
            int failures,
            @Nullable Instant restUntil,
            @Nullable Long waiting,
            @Nullable Long dead) {}

    /** All webhooks of the tenant. */
    public record WebhooksDocument(List<WebhookDocument> webhooks) {}

    /** How a ping went: {@code delivered}, or why not. */
    public record PingDocument(String result) {}

    /** All webhooks of the tenant. */
    @GET
    public Response all() {
        return NotStored.ok(new WebhooksDocument(webhooks.of(acting.tenant()).stream()
                .map(webhook -> document(webhook, null, null))
                .toList()));
    }

    /** One webhook, with how much waits for it. */
    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id) {
        Webhook webhook = webhook(id);
        return NotStored.ok(document(webhook, null, deliveries.counts(webhook.tenant(), webhook.id())));
    }

    /** Adds one. It is told of what happens from now on. The answer has the secret, which is not shown again. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@Nullable WebhookRequest request) {
        Webhook webhook = Webhook.begin(acting.tenant(), url(request), topics(request), acting.now());
        if (!webhooks.add(webhook, config.most())) {
            throw new ProblemException(409, "webhooks-full", "There are " + config.most() + " webhooks already.")
                    .withNext("Delete one that nobody needs.");
        }
        note(webhook, "added");
        return NotStored.with(Response.created(URI.create("/v1/webhooks/" + webhook.id()))
                .entity(document(webhook, secrets.secret(webhook), null)));
    }

    /** Takes one away, with what waits for it. */
    @DELETE
    @Path("{id}")
    public Response remove(@PathParam("id") String id) {
        Webhook webhook = webhook(id);
        if (!webhooks.remove(webhook.tenant(), webhook.id())) {
            throw unknown();
        }
        note(webhook, "removed");
        return Response.noContent().build();
    }

    /** Gives one a new secret. The one before it signs too for a while, so that the receiver can change over. */
    @POST
    @Path("{id}/secret")
    public Response renewSecret(@PathParam("id") String id) {
        Webhook renewed = webhooks.renewSecret(
                        acting.tenant(), uuid(id), acting.now().plus(config.secretOverlap()))
                .orElseThrow(WebhooksResource::unknown);
        note(renewed, "secret-renewed");
        return NotStored.ok(document(renewed, secrets.secret(renewed), null));
    }

    /** Puts one that was suspended, or is left alone, in force again at once. */
    @POST
    @Path("{id}/resume")
    public Response resume(@PathParam("id") String id) {
        Webhook resumed = webhooks.resume(acting.tenant(), uuid(id)).orElseThrow(WebhooksResource::unknown);
        note(resumed, "resumed");
        return NotStored.ok(document(resumed, null, null));
    }

    /** Sends an event without content, now, and says how it went. */
    @POST
    @Path("{id}/ping")
    public Response ping(@PathParam("id") String id) {
        Webhook webhook = webhook(id);
        EventId event = new EventId(UUID.randomUUID());
        DeliveryResult result = endpoint.send(webhook, event, PING.formatted(event, acting.now(), webhook.tenant()));
        return NotStored.ok(new PingDocument(result.reason()));
    }

    private String url(@Nullable WebhookRequest request) {
        if (request == null || request.url() == null) {
            throw malformed("url", "It must be said where events go.");
        }
        try {
            endpoint.check(request.url());
            return request.url();
        } catch (RefusedEndpointException e) {
            throw new ProblemException(400, "webhook-refused", "The URL " + e.getMessage() + ".")
                    .withField("url")
                    .withNext("An operator may allow networks of their own: postern.webhooks.allowed-networks.");
        }
    }

    private static Set<Topic> topics(@Nullable WebhookRequest request) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        List<@Nullable String> names = request == null || request.topics() == null ? List.of() : request.topics();
        for (@Nullable String name : names) {
            Optional<Topic> topic = name == null ? Optional.empty() : Topic.named(name);
            topics.add(topic.filter(ToldEvent.leaving()::contains).orElseThrow(WebhooksResource::topicsMalformed));
        }
        if (topics.isEmpty()) {
            throw topicsMalformed();
        }
        return topics;
    }

    private static ProblemException topicsMalformed() {
        return malformed(
                "topics",
                "The topics must be one or more of "
                        + String.join(
                                ", ",
                                ToldEvent.leaving().stream()
                                        .map(Topic::topicName)
                                        .sorted()
                                        .toList())
                        + ".");
    }

    private Webhook webhook(String id) {
        return webhooks.find(acting.tenant(), uuid(id)).orElseThrow(WebhooksResource::unknown);
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw malformed("id", "The id of a webhook is a UUID.");
        }
    }

    private void note(Webhook webhook, String what) {
        trail.note(Act.setting(
                acting.actor(),
                AuditedAct.WEBHOOK_CHANGED,
                AuditOutcome.DONE,
                webhook.id().toString(),
                what,
                acting.now()));
    }

    static ProblemException unknown() {
        return new ProblemException(404, "webhook-unknown", "There is no such webhook.");
    }

    private static ProblemException malformed(String field, String detail) {
        return new ProblemException(400, "webhook-malformed", detail).withField(field);
    }

    private static WebhookDocument document(
            Webhook webhook, @Nullable String secret, Deliveries.@Nullable Counts counts) {
        Webhook.Suspension suspension = webhook.suspension();
        return new WebhookDocument(
                webhook.id(),
                webhook.url(),
                webhook.topics().stream().map(Topic::topicName).sorted().toList(),
                webhook.createdAt(),
                secret,
                webhook.previousUntil(),
                webhook.suspendedAt(),
                suspension == null ? null : suspension.word(),
                webhook.failures(),
                webhook.restUntil(),
                counts == null ? null : counts.waiting(),
                counts == null ? null : counts.dead());
    }
}
