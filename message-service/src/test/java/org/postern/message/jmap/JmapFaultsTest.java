package org.postern.message.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.message.withdrawal.Candidate;
import org.postern.message.withdrawal.Edit;
import org.postern.message.withdrawal.MailServerException;
import org.postern.message.withdrawal.MailServerException.Kind;
import org.postern.message.withdrawal.Mailbox;
import org.postern.message.withdrawal.Sought;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;

/** Trouble that a real mail server does not make when it is asked to, by the text of the RFCs. */
class JmapFaultsTest {
    private static final MailAddress BOB = MailAddress.of("bob@example.org");

    @TempDir
    Path folder;

    private Vertx vertx;
    private FaultyServer server;
    private JmapMailboxes mailboxes;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        server = new FaultyServer();
        mailboxes = mailboxes("postern", null);
    }

    @AfterEach
    void stop() {
        mailboxes.close();
        server.close();
        vertx.close();
    }

    @ParameterizedTest
    @CsvSource({"429,17,SERVER", "503,,SERVER", "500,,SERVER", "401,,SERVER", "404,,MAILBOX", "400,,MAILBOX"})
    void tellsTroubleOfTheServerFromThatOfOneMailbox(int status, Integer retryAfter, Kind kind) {
        server.answers(
                "/session",
                status,
                retryAfter == null ? Map.of() : Map.of("Retry-After", Integer.toString(retryAfter)),
                "");

        MailServerException e = failure(() -> mailboxes.open(BOB));

        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.reason()).isEqualTo("status-" + status);
        assertThat(e.after()).isEqualTo(retryAfter == null ? null : Duration.ofSeconds(retryAfter));
    }

    @Test
    void blamesTheMailboxAloneWhereItsOwnerIsNotLetIn() throws Exception {
        server.answers("/session", 401, Map.of(), "");

        try (JmapMailboxes asOwner = mailboxes("{address}%postern", null)) {
            assertThat(failure(() -> asOwner.open(BOB)).kind()).isEqualTo(Kind.MAILBOX);
        }
    }

    @Test
    void takesItsLoginToNoOtherOrigin() {
        String elsewhere = "http://localhost:" + URI.create(server.url()).getPort();
        server.answers("/.well-known/jmap", 302, Map.of("Location", elsewhere + "/session"), "");
        assertThat(failure(() -> mailboxes.open(BOB)).reason()).isEqualTo("origin-not-allowed");

        server.answers("/.well-known/jmap", 200, Map.of(), FaultyServer.session(elsewhere + "/api"));
        assertThat(failure(() -> mailboxes.open(BOB).folders()).reason()).isEqualTo("origin-not-allowed");
        assertThat(server.asked()).containsOnly("/.well-known/jmap with login");
    }

    @Test
    void followsNoRedirectsForEver() {
        server.answers("/session", 307, Map.of("Location", "/session"), "");

        assertThat(failure(() -> mailboxes.open(BOB)).reason()).isEqualTo("redirects-without-end");
        assertThat(server.asked()).hasSizeLessThan(6);
    }

    @ParameterizedTest
    @CsvSource({
        "stateMismatch,CHANGED,jmap-stateMismatch",
        "serverUnavailable,SERVER,jmap-serverUnavailable",
        "serverFail,SERVER,jmap-serverFail",
        "accountNotFound,NO_MAILBOX,no-mailbox",
        "accountReadOnly,NEVER,jmap-accountReadOnly",
        "unsupportedFilter,NEVER,jmap-unsupportedFilter",
        "requestTooLarge,MAILBOX,jmap-requestTooLarge",
        "bob@example.org is away,MAILBOX,jmap-error"
    })
    void knowsWhatAnErrorOfAMethodMeans(String type, Kind kind, String reason) throws Exception {
        Mailbox mailbox = mailboxes.open(BOB);
        server.responds("error", "{\"type\":\"" + type + "\"}");

        MailServerException e = failure(() -> mailbox.change("s", List.of(new Edit.Put("1", Set.of("q")))));

        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.reason()).isEqualTo(reason);
    }

    @Test
    void tellsWhichOfSeveralMailsCouldNotBeMoved() throws Exception {
        Mailbox mailbox = mailboxes.open(BOB);
        server.responds(
                "Email/set",
                "{\"updated\":{\"1\":null},\"notUpdated\":{\"2\":{\"type\":\"overQuota\"},\"3\":{\"type\":\"notFound\"}}}");

        assertThat(mailbox.change(
                        "s",
                        List.of(
                                new Edit.Put("1", Set.of("q")),
                                new Edit.Put("2", Set.of("q")),
                                new Edit.Put("3", Set.of("q")))))
                .isEqualTo(Map.of("2", "jmap-overQuota"));
        // James does not look at it; a server that does refuses what was decided on what is no more.
        assertThat(server.lastBody()).contains("\"ifInState\":\"s\"");
    }

    @Test
    void looksAtNoMoreMailsThanABoundedNumber() throws Exception {
        Mailbox mailbox = mailboxes.open(BOB);
        server.responds("Email/query", "{\"ids\":[" + "\"1\",".repeat(60) + "\"2\"]}");

        MailServerException e = failure(() -> mailbox.find(new Sought(MessageId.random(), true, "<a@b>")));

        assertThat(e.kind()).isEqualTo(Kind.NEVER);
        assertThat(e.reason()).isEqualTo("too-many-candidates");
    }

    @ParameterizedTest
    @CsvSource({"no json,no-json", "{},no-mail-capability", "[],no-mail-capability"})
    void believesNoSessionThatIsNone(String body, String reason) {
        server.answers("/session", 200, Map.of(), body);

        assertThat(failure(() -> mailboxes.open(BOB)).reason()).isEqualTo(reason);
    }

    @Test
    void readsNoAnswerWithoutEndAndMissesNoneThatIsNotThere() throws Exception {
        Mailbox mailbox = mailboxes.open(BOB);
        server.answers("/api", 200, Map.of(), "\"" + "a".repeat(5 * 1024 * 1024) + "\"");
        assertThat(failure(mailbox::folders).reason()).isEqualTo("answer-too-large");

        server.answers("/api", 200, Map.of(), "{\"methodResponses\":[]}");
        assertThat(failure(mailbox::folders).reason()).isEqualTo("response-missing");
    }

    @Test
    void opensNoMailboxOfAnybodyElse() {
        assertThat(failure(() -> mailboxes.open(MailAddress.of("eve@example.org")))
                        .kind())
                .isEqualTo(Kind.NO_MAILBOX);
    }

    @Test
    void readsTheOctetsOfAMail() throws Exception {
        Mailbox mailbox = mailboxes.open(BOB);
        server.answers(
                "/blob/A/b%2F1?type=application%2Foctet-stream&name=mail.eml", 200, Map.of(), "Subject: x\r\n\r\n");
        ByteArrayOutputStream octets = new ByteArrayOutputStream();

        mailbox.read(new Candidate("1", "b/1", 14, List.of()), octets);

        assertThat(octets.toString(StandardCharsets.US_ASCII)).isEqualTo("Subject: x\r\n\r\n");
    }

    private JmapMailboxes mailboxes(String user, String header) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret\n");
        return new JmapMailboxes(
                vertx,
                new OutboundGuard(NameResolver.system(), List.of(Network.of("127.0.0.0/8"), Network.of("::1/128"))),
                URI.create(server.url()),
                Set.of(),
                new JmapLogin(JmapLogin.Scheme.BASIC, user, secret, header, "{address}"),
                null,
                new JmapMailboxes.Destination("Quarantine", null),
                Duration.ofSeconds(10));
    }

    private static MailServerException failure(ThrowingCallable call) {
        MailServerException e = catchThrowableOfType(MailServerException.class, call);
        assertThat(e).isNotNull();
        return e;
    }
}
