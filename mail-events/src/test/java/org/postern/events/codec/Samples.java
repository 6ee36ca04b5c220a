package org.postern.events.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;
import org.postern.events.DomainName;
import org.postern.events.EnvelopeSender;
import org.postern.events.Event;
import org.postern.events.EventId;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.RecipientHash;
import org.postern.events.SubjectHash;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevocationScope;
import org.postern.events.identity.RevokedIdentity;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.Client;
import org.postern.events.mail.DeletionCause;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.Finding;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailAudit;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailDeleted;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.MailFeedback;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailRecalled;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailReleased;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.Reason;
import org.postern.events.mail.RecalledRecipient;
import org.postern.events.mail.RecipientOutcome;
import org.postern.events.mail.ReleaseMeans;
import org.postern.events.mail.RemoteDomain;
import org.postern.events.mail.Rescan;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.ScannedPart;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.SenderIdentities;
import org.postern.events.mail.Severity;
import org.postern.events.mail.SmtpSession;
import org.postern.events.mail.Symbol;
import org.postern.events.mail.UnscannableReason;
import org.postern.events.mail.Weighing;
import org.postern.events.push.AccountId;
import org.postern.events.push.PushChannel;
import org.postern.events.push.PushOutcome;
import org.postern.events.push.PushResult;
import org.postern.events.push.StateChanged;

/** One event for each golden file, by the name of the file. */
final class Samples {
    private static final MessageId MESSAGE = MessageId.of("019abcde-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final ObjectReference OBJECT = new ObjectReference(
            Tenant.DEFAULT, ObjectId.of("0123456789abcdef0123456789abcdef"), ContentHash.of("ab".repeat(32)), 4321);
    private static final EventId ENTRY = EventId.of("11111111-2222-5333-8444-666666666666");
    private static final RecipientHash ALICE = RecipientHash.of("A".repeat(43));
    private static final RecipientHash BOB = RecipientHash.of("B".repeat(43));
    private static final SubjectHash ACTOR = SubjectHash.of("C".repeat(43));
    private static final List<RecipientOutcome> OUTCOMES = List.of(
            new RecipientOutcome(ALICE, Disposition.DELIVER, List.of(new Reason("no-objection", "Nothing was found."))),
            new RecipientOutcome(BOB, Disposition.DELIVER_WITH_WARNING, List.of()));
    private static final EngineVersion CLAMAV =
            new EngineVersion("clamav", "1.4.6", "27500", Instant.parse("2026-10-31T08:00:00Z"));
    private static final EngineVersion RSPAMD = new EngineVersion("rspamd", "3.4", null, null);

    private Samples() {}

    static Map<String, Event> all() {
        return Map.ofEntries(
                Map.entry("mail.received.v1", received(EnvelopeSender.of("sender@example.com"))),
                Map.entry("mail.received.v1-null-sender", received(EnvelopeSender.of(""))),
                Map.entry("mail.received.v1-milter", receivedByMilter()),
                Map.entry("mail.scanned.v1-infected", scanned(infected())),
                Map.entry("mail.scanned.v1-unscannable", scanned(unscannable())),
                Map.entry("mail.scanned.v1-inconclusive", scanned(unanswered())),
                Map.entry("mail.scanned.v1-parts", scanned(suspicious())),
                Map.entry("mail.scanned.v1-rescan", rescanned()),
                Map.entry("mail.assessed.v1", new MailAssessed(MESSAGE, Tenant.DEFAULT, 1, phishing(), AT)),
                Map.entry(
                        "mail.assessed.v1-inconclusive",
                        new MailAssessed(MESSAGE, Tenant.DEFAULT, 2, unassessed(), AT)),
                Map.entry("identity.revoked.v1", identityRevoked()),
                Map.entry("mail.assessed.v1-weighed", new MailAssessed(MESSAGE, Tenant.DEFAULT, 1, weighed(), AT)),
                Map.entry(
                        "mail.feedback.v1",
                        new MailFeedback(MESSAGE, Tenant.DEFAULT, OBJECT, FeedbackClass.SPAM, ACTOR, 1, AT)),
                Map.entry("mail.judged.v1", judged()),
                Map.entry("mail.handed-over.v1", handedOver()),
                Map.entry("mail.rendered.v1", new MailRendered(MESSAGE, Tenant.DEFAULT, OBJECT, 3, 1, AT)),
                Map.entry("mail.rendered.v1-domains", renderedWithDomains()),
                Map.entry("mail.recalled.v1", recalled()),
                Map.entry(
                        "mail.released.v1",
                        new MailReleased(
                                MESSAGE, Tenant.DEFAULT, ENTRY, ReleaseMeans.SMTP, List.of(ALICE), "subject-1", AT)),
                Map.entry(
                        "mail.deleted.v1",
                        new MailDeleted(
                                MESSAGE,
                                Tenant.DEFAULT,
                                DeletionCause.REQUESTED,
                                List.of(OBJECT.id()),
                                "subject-1",
                                AT)),
                Map.entry(
                        "mail.deleted.v1-retention",
                        new MailDeleted(MESSAGE, Tenant.DEFAULT, DeletionCause.RETENTION, List.of(), null, AT)),
                Map.entry("mail.audit.v1", audit(MESSAGE, AuditedAct.MESSAGE_RELEASED, null, null)),
                Map.entry("mail.audit.v1-setting", audit(null, AuditedAct.LIST_CHANGED, "entry-1", "added")),
                Map.entry("push.state-changed.v1", stateChanged()),
                Map.entry("push.outcome.v1", outcome()));
    }

    private static MailRendered renderedWithDomains() {
        List<RemoteDomain> domains =
                List.of(new RemoteDomain("example.com", 2, 0), new RemoteDomain("track.example", 1, 1));
        return new MailRendered(MESSAGE, Tenant.DEFAULT, OBJECT, 3, 1, domains, AT);
    }

    private static MailReceived received(EnvelopeSender from) {
        return new MailReceived(
                MESSAGE,
                Tenant.DEFAULT,
                OBJECT,
                new Envelope(from, List.of(MailAddress.of("alice@example.org"), MailAddress.of("bob@example.org"))),
                new Client("192.0.2.1", "mail.example.com", null),
                MailPath.REST,
                AT,
                AT.plusSeconds(25));
    }

    private static MailReceived receivedByMilter() {
        return new MailReceived(
                MESSAGE,
                Tenant.DEFAULT,
                OBJECT,
                new Envelope(EnvelopeSender.of("alice@example.org"), List.of(MailAddress.of("bob@example.com"))),
                new Client("192.0.2.1", "laptop", "host.example.org"),
                MailPath.MILTER,
                AT,
                AT.plusSeconds(25),
                MailDirection.OUTBOUND,
                new SmtpSession("4Xyz123", "alice"));
    }

    private static MailScanned scanned(ScanResult result) {
        return new MailScanned(MESSAGE, Tenant.DEFAULT, 1, result, AT);
    }

    private static ScanResult infected() {
        return new ScanResult(
                ScanVerdict.INFECTED,
                null,
                null,
                List.of(new ScanFinding("virus", Severity.CRITICAL, "Eicar-Test-Signature", null)),
                CLAMAV,
                Duration.ofMillis(12));
    }

    private static MailScanned rescanned() {
        return new MailScanned(
                MESSAGE, Tenant.DEFAULT, 17, infected(), AT, new Rescan("27501", ScanVerdict.CLEAN, "27500"));
    }

    private static ScanResult suspicious() {
        return new ScanResult(
                ScanVerdict.SUSPICIOUS,
                null,
                null,
                List.of(new ScanFinding(
                        "dangerous-type",
                        Severity.HIGH,
                        null,
                        "2.1/archive.zip/invoice.js",
                        "postern",
                        "a script for Windows, by its extension js")),
                CLAMAV,
                Duration.ofMillis(15),
                List.of(new ScannedPart(
                        "2.1/archive.zip/invoice.js",
                        "invoice.js",
                        null,
                        "application/javascript",
                        1234,
                        ContentHash.of("cd".repeat(32)))));
    }

    private static ScanResult unscannable() {
        return new ScanResult(
                ScanVerdict.UNSCANNABLE,
                UnscannableReason.ENCRYPTED,
                null,
                List.of(new ScanFinding("encrypted", Severity.MEDIUM, "Heuristics.Encrypted.Zip", "2")),
                CLAMAV,
                Duration.ofMillis(15));
    }

    private static ScanResult unanswered() {
        return ScanResult.inconclusive(
                InconclusiveCause.ENGINE_DOWN, EngineVersion.named("clamav"), Duration.ofSeconds(20));
    }

    private static AssessmentResult phishing() {
        return new AssessmentResult(
                MailClass.PHISHING,
                null,
                17.5,
                15,
                new SenderAuthentication(
                        AuthenticationResult.SOFTFAIL,
                        List.of(new DkimSignature(DomainName.of("example.com"), "s1", AuthenticationResult.FAIL)),
                        AuthenticationResult.FAIL,
                        "reject",
                        AuthenticationResult.NONE),
                List.of(new Finding(
                        "dmarc-fail",
                        Severity.HIGH,
                        "The mail is not from the domain it names.",
                        Map.of("policy", "reject"))),
                List.of(new Symbol("R_SPF_SOFTFAIL", 0), new Symbol("PHISHING", 4)),
                RSPAMD,
                Duration.ofMillis(200));
    }

    private static AssessmentResult weighed() {
        return new AssessmentResult(
                MailClass.PHISHING,
                null,
                3.5,
                15,
                new SenderAuthentication(
                        AuthenticationResult.PASS,
                        List.of(new DkimSignature(
                                DomainName.of("example.com"), "s1", AuthenticationResult.PASS, "rsa-sha256")),
                        AuthenticationResult.PASS,
                        "none",
                        AuthenticationResult.PASS,
                        new SenderIdentities(
                                DomainName.of("bounces.example.com"),
                                DomainName.of("mx.example.com"),
                                DomainName.of("example.com"),
                                true,
                                true,
                                1,
                                DomainName.of("lists.example.net"))),
                List.of(new Finding(
                        "qr-code-link",
                        Severity.MEDIUM,
                        "An image in this mail is a QR code that leads to a web page.",
                        Map.of("host", "login.example.net"),
                        "It is not known what the page shows.",
                        Map.of(
                                "fr",
                                new Finding.Wording(
                                        "Une image de ce message est un code QR qui mène à une page web.", null)))),
                List.of(),
                RSPAMD,
                Duration.ofMillis(200),
                new Weighing(
                        "0123456789ab",
                        8.5,
                        Map.of("suspicious", 3.0, "spam", 6.0, "phishing", 5.0),
                        Map.of("links", 5.0, "engine", 3.5)),
                List.of("qr-codes"));
    }

    private static AssessmentResult unassessed() {
        return AssessmentResult.inconclusive(
                InconclusiveCause.TIMED_OUT, EngineVersion.named("rspamd"), Duration.ofSeconds(20));
    }

    private static MailJudged judged() {
        return new MailJudged(MESSAGE, Tenant.DEFAULT, 2, true, ScanVerdict.CLEAN, MailClass.SUSPICIOUS, OUTCOMES, AT);
    }

    private static MailHandedOver handedOver() {
        return new MailHandedOver(MESSAGE, Tenant.DEFAULT, 2, MailPath.REST, OBJECT, OUTCOMES, AT);
    }

    private static IdentityRevoked identityRevoked() {
        return new IdentityRevoked(
                Tenant.DEFAULT,
                RevocationScope.SUBJECT,
                RevokedIdentity.subject("https://id.example/realms/postern", "alice"),
                AT,
                AT.plus(Duration.ofDays(1)));
    }

    private static MailRecalled recalled() {
        return new MailRecalled(
                MESSAGE,
                Tenant.DEFAULT,
                3,
                ScanVerdict.CLEAN,
                ScanVerdict.INFECTED,
                MailClass.HAM,
                MailClass.HAM,
                List.of(new RecalledRecipient(
                        ALICE,
                        Disposition.DELIVER,
                        Disposition.REJECT,
                        List.of(new Reason("infected", "The virus scanner found malware in this message.")))),
                AT);
    }

    private static MailAudit audit(
            @Nullable MessageId message, AuditedAct act, @Nullable String target, @Nullable String detail) {
        return new MailAudit(ENTRY, Tenant.DEFAULT, "subject-1", act, AuditOutcome.DONE, message, target, detail, AT);
    }

    private static StateChanged stateChanged() {
        return new StateChanged(Tenant.DEFAULT, AccountId.of(ALICE), Map.of("EmailDelivery", "s42"), AT);
    }

    private static PushOutcome outcome() {
        return new PushOutcome(
                Tenant.DEFAULT,
                AccountId.of(ALICE),
                "sub-1",
                EventId.of("11111111-2222-5333-8444-555555555555"),
                PushChannel.WEBPUSH,
                PushResult.GONE,
                AT);
    }
}
