package org.postern.scan.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.Rescan;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.RestartableClamd;
import org.postern.store.MessageStore;
import org.postern.testsupport.FactTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@TestProfile(RecallIT.Watchful.class)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = PostgresDatabase.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = StoreFolder.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = RestartableClamd.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
class RecallIT {
    private static final String SIGNATURES = "own.ndb";
    private static final int MAILS = Integer.getInteger("recall.mails", 60);

    /** The signatures of a clamd that was given none by a test; empty before the first has asked. */
    private static String usual = "";

    @Inject
    MessageStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private FactTopics<MailScanned> topics;

    @BeforeEach
    void open() throws Exception {
        topics = ScanTopics.at(brokers);
        RestartableClamd.launch();
    }

    @AfterEach
    void close() throws Exception {
        topics.close();
        RestartableClamd.kill();
        RestartableClamd.setSignatures(SIGNATURES, "");
    }

    @Test
    void recallsWhatNewSignaturesFindAndTakesItBackWhenTheyAreTakenAway() throws Exception {
        awaitIdle();
        List<MailReceived> harmless = new ArrayList<>();
        MailReceived unknown = announce("a text that is going to be a virus");
        for (int i = 0; i < MAILS; i++) {
            harmless.add(announce("harmless text number " + i));
        }
        assertThat(topics.fact(unknown.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.CLEAN);
        for (MailReceived mail : harmless) {
            assertThat(topics.fact(mail.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.CLEAN);
        }

        long began = System.nanoTime();
        RestartableClamd.setSignatures(SIGNATURES, signature("Postern.Late", "going to be a virus"));

        MailScanned worse = ScanTopics.rescanned(topics, unknown.messageId(), ScanVerdict.INFECTED);
        Rescan rescan = Objects.requireNonNull(worse.rescan());
        assertThat(rescan.before()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(rescan.signatures()).isEqualTo(worse.result().engine().signatures());
        assertThat(rescan.beforeSignatures()).isNotNull().isNotEqualTo(rescan.signatures());
        assertThat(worse.attempt()).isGreaterThan(1);
        assertThat(worse.result().findings().getFirst().signature()).startsWith("Postern.Late");
        JsonPath ended = awaitEnd(rescan.signatures());
        System.out.printf(
                "%d messages scanned again, %.1f s after the signature was added%n",
                MAILS + 1, (System.nanoTime() - began) / 1e9);
        assertThat(ended.getLong("messages.worse")).isEqualTo(1);
        assertThat(ended.getLong("messages.scanned")).isEqualTo(MAILS + 1);
        assertThat(ended.getLong("left")).isZero();
        assertThat(harmless).allSatisfy(mail -> assertThat(
                        topics.fact(mail.messageId()).event().rescan())
                .as("only what changed is told")
                .isNull());

        RestartableClamd.setSignatures(SIGNATURES, "");

        MailScanned better = ScanTopics.rescanned(topics, unknown.messageId(), ScanVerdict.CLEAN);
        assertThat(Objects.requireNonNull(better.rescan()).before()).isEqualTo(ScanVerdict.INFECTED);
        assertThat(better.attempt()).isGreaterThan(worse.attempt());
        assertThat(awaitEnd(better.rescan().signatures()).getLong("messages.better"))
                .isEqualTo(1);
    }

    @Test
    void aMailThatComesAgainIsTheSameFactWithTheSameSignaturesAndAnotherOneWithOthers() throws Exception {
        awaitIdle();
        MailReceived mail = announce("a text that comes again");
        topics.tell(mail, TraceContext.start());
        List<ReceivedEvent<MailScanned>> clean = topics.facts(mail.messageId(), 2);
        assertThat(clean.get(1).id()).isEqualTo(clean.get(0).id());

        RestartableClamd.setSignatures(SIGNATURES, signature("Postern.Again", "text that comes again"));
        ScanTopics.rescanned(topics, mail.messageId(), ScanVerdict.INFECTED);
        topics.tell(mail, TraceContext.start());

        // The recall told it, for each time that the mail was announced, and now a first scan does: whoever takes each
        // event once must not miss it.
        ReceivedEvent<MailScanned> infected = ScanTopics.scanned(topics, mail.messageId(), ScanVerdict.INFECTED);
        assertThat(infected.id()).isNotEqualTo(clean.getFirst().id());
        // The other tests count what is scanned again.
        store.erase(mail.tenant(), mail.object().id());
    }

    @Test
    void leavesErasedMailAlone() throws Exception {
        awaitIdle();
        MailReceived erased = announce("a text of which nothing is left");
        topics.fact(erased.messageId());
        store.erase(erased.tenant(), erased.object().id());

        RestartableClamd.setSignatures(SIGNATURES, signature("Postern.Other", "of which nothing is left"));

        Awaitility.await("the body is found gone")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        progress().get("messages.gone") != null && progress().getLong("messages.gone") >= 1);
        assertThat(ScanTopics.rescans(topics))
                .extracting(fact -> fact.event().messageId())
                .doesNotContain(erased.messageId());
    }

    @Test
    void showsItsProgressToAdministratorsAlone() {
        given().get("/v1/recall").then().statusCode(401).body("code", equalTo("unauthenticated"));
        given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .get("/v1/recall")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    /**
     * Waits until the signatures at hand are known, and nothing is scanned again because of them. The last run may still be
     * one with signatures of the test before, which the clamd of this one has not.
     */
    private static void awaitIdle() {
        usual = Awaitility.await("the signatures are known")
                .atMost(Duration.ofSeconds(60))
                .until(
                        RecallIT::progress,
                        now -> "ended".equals(now.getString("state"))
                                && (usual.isEmpty() || usual.equals(now.getString("signatures"))))
                .getString("signatures");
    }

    private static JsonPath awaitEnd(String signatures) {
        return Awaitility.await("the run has ended")
                .atMost(Duration.ofSeconds(120))
                .until(
                        RecallIT::progress,
                        now -> signatures.equals(now.getString("signatures"))
                                && "ended".equals(now.getString("state")));
    }

    private static JsonPath progress() {
        return given().auth()
                .oauth2(OidcProvider.token("quarantine-admin"))
                .get("/v1/recall")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String signature(String name, String text) {
        return name + ":0:*:" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII)) + "\n";
    }

    private MailReceived announce(String text) throws Exception {
        String mail = "From: a@example.org\r\nSubject: recall\r\n\r\n" + text + "\r\n";
        ObjectReference object = store.put(
                Tenant.DEFAULT, new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)), 1_000_000);
        return topics.announce(object, TraceContext.start());
    }

    /** Looks for other signatures more often than in earnest. */
    public static class Watchful implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "postern.recall.enabled", "true",
                    "postern.recall.look-every", "300ms",
                    "postern.clamd.version-kept-for", "200ms",
                    "postern.clamd.versions-agree-for", "1s",
                    "postern.scan.probe.kept-for", "200ms");
        }
    }
}
