package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.RecipientHashKey;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.dryrun.TryPolicy;
import org.postern.message.policy.InvalidPolicyException;
import org.postern.message.policy.Policy;
import org.postern.message.policy.PolicyInForce;
import org.postern.message.policy.PolicySource;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.AuditTrail;

/** The policy is read and tried here. It is changed in its file. */
@Path("/v1/policy")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.POLICY_ADMIN)
public class PolicyResource {
    private static final int MOST = 10_000;
    private static final int LONGEST = 512 * 1024;

    private final PolicySource source;
    private final TryPolicy tryPolicy;
    private final AuditTrail trail;
    private final RecipientHashKey hashKey;
    private final Clock clock;
    private final CurrentCaller currentCaller;

    PolicyResource(
            PolicySource source,
            TryPolicy tryPolicy,
            AuditTrail trail,
            RecipientHashKey hashKey,
            Clock clock,
            CurrentCaller currentCaller) {
        this.source = source;
        this.tryPolicy = tryPolicy;
        this.trail = trail;
        this.hashKey = hashKey;
        this.clock = clock;
        this.currentCaller = currentCaller;
    }

    /**
     * The policy in force in the process that answers.
     *
     * @param mistake why a newer text of the file is not in force; null where it is
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PolicyDocument(
            String version, Instant since, @Nullable String mistake, String text) {}

    /**
     * Whether a text is a policy.
     *
     * @param mistake what is wrong; null where nothing is
     * @param line where, from 1 on; 0 where nowhere in particular
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record CheckDocument(boolean valid, @Nullable String mistake, int line, int column) {}

    /** The policy in force. */
    @GET
    @RunOnVirtualThread
    public Response policy() {
        PolicyInForce inForce = source.inForce();
        return NotStored.ok(new PolicyDocument(inForce.version(), inForce.since(), inForce.mistake(), inForce.text()));
    }

    /** Whether a text is a policy, and where it is wrong. */
    @POST
    @Path("check")
    @Consumes({"application/yaml", "text/yaml", MediaType.TEXT_PLAIN})
    @RunOnVirtualThread
    public Response check(String text) {
        try {
            parse(text);
            return NotStored.ok(new CheckDocument(true, null, 0, 0));
        } catch (InvalidPolicyException e) {
            return NotStored.ok(new CheckDocument(false, e.getMessage(), e.line(), e.column()));
        }
    }

    /** What a policy would have done to the newest messages, 1 000 where {@code last} is absent. */
    @POST
    @Path("dry-run")
    @Consumes({"application/yaml", "text/yaml", MediaType.TEXT_PLAIN})
    @RunOnVirtualThread
    public Response dryRun(String text, @QueryParam("last") @DefaultValue("1000") String last) {
        int most = count(last);
        Policy policy;
        try {
            policy = parse(text);
        } catch (InvalidPolicyException e) {
            throw new ProblemException(400, "policy-invalid", String.valueOf(e.getMessage()))
                    .withNext("Have it checked at /v1/policy/check.");
        }
        Caller caller = currentCaller.get();
        TryPolicy.Difference difference = tryPolicy.onNewest(caller.tenant(), policy, most);
        trail.note(Act.setting(
                Actor.subject(hashKey, caller.tenant(), caller.subject()),
                AuditedAct.POLICY_TRIED,
                AuditOutcome.DONE,
                "dry-run",
                null,
                clock.instant()));
        return NotStored.ok(difference);
    }

    private Policy parse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            throw new ProblemException(413, "policy-too-large", "A policy has at most 512 KiB.");
        }
        return source.parse(text);
    }

    private static int count(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProblemException(
                        400, "query-malformed", "The parameter last must be a number from 1 to " + MOST + ".")
                .withField("last");
    }
}
