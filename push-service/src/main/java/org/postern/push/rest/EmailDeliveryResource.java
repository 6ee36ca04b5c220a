package org.postern.push.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.push.AccountId;
import org.postern.push.account.DeliverySwitch;

/** Who tells the devices of an account of new mail: we, or its mail server. */
@Path("/v1/push/email-delivery")
@RolesAllowed(Role.PUSH_PUBLISH)
@RunOnVirtualThread
public class EmailDeliveryResource {
    private static final int MOST_ACCOUNTS = 100;

    private final DeliverySwitch deliveries;
    private final AnnouncedAccounts accounts;
    private final CurrentCaller caller;

    EmailDeliveryResource(DeliverySwitch deliveries, AnnouncedAccounts accounts, CurrentCaller caller) {
        this.deliveries = deliveries;
        this.accounts = accounts;
        this.caller = caller;
    }

    /** Switches accounts. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say whose EmailDelivery the devices of accounts hear",
            description = "The keys of accounts are addresses of mailboxes or account ids, as in state-changes. False:"
                    + " the mail server publishes its own, and ours is not told. True: ours is. Null: as the"
                    + " installation is configured.")
    public Response set(@Nullable Body body) {
        Map<String, @Nullable Boolean> named = body == null ? null : body.accounts();
        if (named == null || named.isEmpty() || named.size() > MOST_ACCOUNTS) {
            throw new ProblemException(
                            400,
                            "property-malformed",
                            "accounts must name 1 to 100 accounts, with true, false or null.")
                    .withField("accounts");
        }
        Map<AccountId, @Nullable Boolean> ours = new HashMap<>();
        named.forEach((name, value) -> ours.put(accounts.account(name), value));
        deliveries.set(caller.get().tenant(), ours);
        return Response.noContent().build();
    }

    record Body(@Nullable Map<String, @Nullable Boolean> accounts) {}
}
