package org.postern.push.rest;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.push.ApplicationServerKey;
import org.postern.push.SubscribeDevice;
import org.postern.push.Subscriber;
import org.postern.push.SubscriptionRequest;
import org.postern.push.delivery.RefusedDestinationException;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.Subscriptions;
import org.postern.push.subscription.VerificationCode;

/** Push subscriptions of devices (RFC 8620, section 7.2). */
@Path("/v1/push/subscriptions")
@RolesAllowed(Role.PUSH_SUBSCRIBE)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SubscriptionsResource {
    private static final int UNPROCESSABLE = 422;
    private static final Duration SOON = Duration.ofMinutes(10);

    private final Subscriptions subscriptions;
    private final SubscribeDevice subscribeDevice;
    private final Subscribers subscribers;
    private final KnownTypes types;
    private final ApplicationServerKey key;
    private final Clock clock;

    SubscriptionsResource(
            Subscriptions subscriptions,
            SubscribeDevice subscribeDevice,
            Subscribers subscribers,
            KnownTypes types,
            ApplicationServerKey key,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.subscribeDevice = subscribeDevice;
        this.subscribers = subscribers;
        this.types = types;
        this.key = key;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Subscribe a device. It gets a PushVerification, and nothing else before that is answered.")
    public Response subscribe(@Nullable SubscriptionBody body) {
        if (body == null) {
            throw new ProblemException(400, "json-malformed", "The body is not the JSON object that was expected.");
        }
        SubscriptionRequest request = body.request(key);
        types.check(request.types() == null ? Set.of() : request.types(), "types");
        try {
            DeviceSubscription subscription = subscribeDevice.subscribe(subscribers.current(), request);
            return Response.created(URI.create("/v1/push/subscriptions/" + subscription.id()))
                    .entity(SubscriptionView.of(subscription))
                    .build();
        } catch (RefusedDestinationException e) {
            throw new ProblemException(UNPROCESSABLE, e.code(), e.sentence()).withField(e.field());
        } catch (SubscribeDevice.TooManySubscriptionsException e) {
            throw new ProblemException(
                            409, "too-many-subscriptions", "There are " + e.most() + " subscriptions already.")
                    .withNext("Delete one of them.");
        } catch (SubscribeDevice.TooOftenException e) {
            throw new ProblemException(
                            429,
                            "too-many-new-subscriptions",
                            "There were " + e.most() + " new subscriptions within an hour already.")
                    .withRetryAfter(SOON);
        } catch (SubscribeDevice.ExpiredRequestException e) {
            throw new ProblemException(UNPROCESSABLE, "already-expired", "expires has passed.").withField("expires");
        }
    }

    @GET
    @Operation(summary = "The caller's subscriptions")
    public Map<String, List<SubscriptionView>> list() {
        Subscriber who = subscribers.current();
        return Map.of(
                "subscriptions",
                subscriptions.of(who.tenant(), who.subject(), clock.instant()).stream()
                        .map(SubscriptionView::of)
                        .toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One of the caller's subscriptions")
    public SubscriptionView get(@PathParam("id") String id) {
        Subscriber who = subscribers.current();
        return subscriptions
                .find(who.tenant(), who.subject(), SubscriptionId.of(id), clock.instant())
                .map(SubscriptionView::of)
                .orElseThrow(SubscriptionsResource::unknown);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a subscription; nothing is pushed to the device from then on")
    public Response delete(@PathParam("id") String id) {
        Subscriber who = subscribers.current();
        if (!subscriptions.delete(who.tenant(), who.subject(), SubscriptionId.of(id))) {
            throw unknown();
        }
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/verify")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Show that pushes reach the device, by the code that was pushed to it")
    public Response verify(@PathParam("id") String id, @Nullable VerificationBody body) {
        Subscriber who = subscribers.current();
        SubscriptionId subscription = SubscriptionId.of(id);
        if (body == null || body.verificationCode() == null) {
            throw new ProblemException(400, "property-missing", "verificationCode is missing.")
                    .withField("verificationCode");
        }
        VerificationCode code = new VerificationCode(body.verificationCode());
        return switch (subscriptions.verify(who.tenant(), who.subject(), subscription, code, clock.instant())) {
            case VERIFIED -> Response.noContent().build();
            case WRONG ->
                throw new ProblemException(UNPROCESSABLE, "verification-code-wrong", "That is not the code.")
                        .withField("verificationCode");
            case DELETED ->
                throw new ProblemException(
                                UNPROCESSABLE,
                                "verification-failed",
                                "Too many wrong codes: the subscription is deleted.")
                        .withNext("Subscribe again.");
            case UNKNOWN -> throw unknown();
        };
    }

    private static ProblemException unknown() {
        return new ProblemException(404, "subscription-unknown", "There is no such subscription.");
    }

    record VerificationBody(@Nullable String verificationCode) {}
}
