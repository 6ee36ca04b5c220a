package org.postern.message.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.problem.ProblemException;
import org.postern.events.EventId;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.RecipientHashKey;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.ReleaseMeans;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.config.QuarantineConfig;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.AuditTrail;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.KeepMail;
import org.postern.message.quarantine.Quarantine;
import org.postern.message.quarantine.Release;
import org.postern.message.quarantine.ReleaseFailedException;
import org.postern.message.quarantine.ReleaseMail;
import org.postern.message.quarantine.Released;

/** What may be done with a message, each act accounted for whether it was done or refused. */
@ApplicationScoped
public class QuarantineActs {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final Quarantine quarantine;
    private final ReleaseMail releaseMail;
    private final KeepMail keepMail;
    private final AuditTrail trail;
    private final RecipientHashKey hashKey;
    private final Clock clock;
    private final boolean infectedToo;

    QuarantineActs(
            Ledger ledger,
            Quarantine quarantine,
            ReleaseMail releaseMail,
            KeepMail keepMail,
            AuditTrail trail,
            RecipientHashKey hashKey,
            Clock clock,
            QuarantineConfig config) {
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.releaseMail = releaseMail;
        this.keepMail = keepMail;
        this.trail = trail;
        this.hashKey = hashKey;
        this.clock = clock;
        this.infectedToo = config.release().infected();
    }

    /** What was released. */
    public record ReleaseDocument(MessageId id, EventId release, List<MailAddress> recipients, boolean again) {}

    /** What is going to happen. */
    public record AcceptedDocument(MessageId id, String state) {}

    ReleaseDocument release(Caller caller, MessageId id, @Nullable ReleaseRequest request) {
        return release(
                actor(caller), id, Access.recipients(request == null ? null : request.recipients()), means(request));
    }

    /** @param wanted folded addresses; null for all whom it is held from */
    ReleaseDocument release(Actor actor, MessageId id, @Nullable Set<String> wanted, ReleaseMeans means) {
        MessageRecord message = known(actor, id);
        List<Entry> all = quarantine.entries(actor.tenant(), id);
        List<Entry> entries = chosen(all, wanted);
        if (entries.isEmpty() || wanted != null && named(all, wanted).size() < wanted.size()) {
            throw refused(
                    actor,
                    id,
                    new ProblemException(
                                    409,
                                    "nothing-to-release",
                                    wanted == null
                                            ? "The message is held from nobody."
                                            : "One of the recipients is none of this message's.")
                            .withField("recipients"));
        }
        if (!infectedToo && entries.stream().anyMatch(entry -> entry.verdict() == ScanVerdict.INFECTED)) {
            throw refused(
                    actor,
                    id,
                    new ProblemException(409, "release-infected", "What is infected is not released.")
                            .withNext("Have it scanned again, or set postern.quarantine.release.infected."));
        }
        if (entries.stream().allMatch(entry -> entry.releasedAt() != null)) {
            // By whichever requests that was: nobody gets the mail twice for asking twice.
            Release done = new Release(id, entries, actor, means, clock.instant());
            return document(id, new Released(done.id(), entries, true));
        }
        try {
            return document(id, releaseMail.release(message.receipt().event(), entries, actor, means));
        } catch (ReleaseFailedException e) {
            throw problem(e);
        }
    }

    private static ReleaseDocument document(MessageId id, Released released) {
        return new ReleaseDocument(
                id,
                released.release(),
                released.recipients().stream().map(Entry::recipient).toList(),
                released.again());
    }

    private static List<Entry> named(List<Entry> all, Set<String> wanted) {
        return all.stream()
                .filter(entry -> wanted.contains(entry.recipient().folded()))
                .toList();
    }

    /**
     * Whom it was not released to yet, of those that are named, or that it is held from where none is; where it was released to
     * all of them, those: a repeated request is the same request, and one that the mail server took for some is for the others.
     */
    private static List<Entry> chosen(List<Entry> all, @Nullable Set<String> wanted) {
        List<Entry> named = wanted == null ? all : named(all, wanted);
        List<Entry> waiting = named.stream()
                .filter(entry -> wanted == null ? entry.isHeld() : entry.releasedAt() == null)
                .toList();
        return waiting.isEmpty()
                ? named.stream().filter(entry -> entry.releasedAt() != null).toList()
                : waiting;
    }

    AcceptedDocument delete(Caller caller, MessageId id) {
        Actor actor = actor(caller);
        known(actor, id);
        if (!keepMail.delete(id, actor)) {
            throw Access.unknown();
        }
        return new AcceptedDocument(id, "deleted");
    }

    AcceptedDocument rescan(Caller caller, MessageId id) {
        Actor actor = actor(caller);
        known(actor, id);
        quarantine.rescan(id, actor);
        return new AcceptedDocument(id, "rescanning");
    }

    AcceptedDocument feedback(Caller caller, MessageId id, @Nullable FeedbackRequest request) {
        FeedbackClass mailClass = classOf(request);
        Actor actor = actor(caller);
        known(actor, id);
        quarantine.feedback(id, actor, mailClass);
        return new AcceptedDocument(id, "classified");
    }

    Actor actor(Caller caller) {
        return Actor.subject(hashKey, caller.tenant(), caller.subject());
    }

    private MessageRecord known(Actor actor, MessageId id) {
        return ledger.find(actor.tenant(), id).orElseThrow(Access::unknown);
    }

    private ProblemException refused(Actor actor, MessageId id, ProblemException problem) {
        trail.note(Act.on(
                id,
                actor,
                AuditedAct.MESSAGE_RELEASED,
                AuditOutcome.REFUSED,
                null,
                problem.problem().code(),
                clock.instant()));
        return problem;
    }

    private static ReleaseMeans means(@Nullable ReleaseRequest request) {
        String word = request == null || request.means() == null ? "smtp" : request.means();
        return switch (word) {
            case "smtp" -> ReleaseMeans.SMTP;
            case "caller" -> ReleaseMeans.CALLER;
            default ->
                throw new ProblemException(400, "means-unknown", "The means must be smtp or caller.")
                        .withField("means");
        };
    }

    private static FeedbackClass classOf(@Nullable FeedbackRequest request) {
        String word = request == null ? null : request.mailClass();
        return switch (word) {
            case "spam" -> FeedbackClass.SPAM;
            case "ham" -> FeedbackClass.HAM;
            case null, default ->
                throw new ProblemException(400, "class-unknown", "The class must be spam or ham.").withField("class");
        };
    }

    private static ProblemException problem(ReleaseFailedException e) {
        return switch (e.why()) {
            case UNAVAILABLE ->
                new ProblemException(503, "release-unavailable", "The mail server does not take the message now.")
                        .withRetryAfter(RETRY_AFTER)
                        .withCause(e);
            case REFUSED ->
                new ProblemException(502, "release-refused", "The mail server refuses the message.")
                        .withNext("Look into the mail server's log, or deliver the message yourself (means: caller).");
            case NOWHERE ->
                new ProblemException(409, "release-nowhere", "There is no mail server to release to.")
                        .withNext(
                                "Set postern.quarantine.release.host, or deliver the message yourself (means: caller).");
            case BODY_MISSING ->
                new ProblemException(410, "body-missing", "The body of the message is not there any more.");
        };
    }
}
