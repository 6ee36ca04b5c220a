package org.postern.scan.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.RestartableClamd;
import org.postern.store.MessageStore;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;
import org.postern.testsupport.FactTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PackagedService;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/**
 * The packaged service, killed in the middle of a recall. The first of its facts have been told then, the places of a part of
 * them are in the database, and what was in work is nowhere.
 */
class RecallKilledIT {
    private static final String SIGNATURES = "own.ndb";
    private static final String HEAP = "192m";
    private static final int MAILS = 300;
    /** More than are in work at once, so that some of the run is noted when it ends. */
    private static final int TOLD_BEFORE = 40;

    private final List<QuarkusTestResourceLifecycleManager> resources = List.of(
            new KafkaBroker(), new PostgresDatabase(), new StoreFolder(), new OidcProvider(), new RestartableClamd());
    private final Map<String, String> configuration = new HashMap<>(Map.of(
            "postern.recall.look-every", "300ms",
            "postern.recall.concurrency", "1",
            "postern.clamd.version-kept-for", "200ms",
            "postern.clamd.versions-agree-for", "1s",
            // The second process gets the records of the first when the broker takes that one for dead.
            "kafka.session.timeout.ms", "6000",
            "mp.messaging.incoming.received.auto.commit.interval.ms", "500",
            "postern.scan.probe.kept-for", "200ms",
            // Ready sooner: what is let in here is small.
            "postern.scan.probe.largest", "1M",
            "postern.scan.upload-limit", "1M"));

    @BeforeEach
    void start() throws Exception {
        for (QuarkusTestResourceLifecycleManager resource : resources) {
            configuration.putAll(resource.start());
        }
        RestartableClamd.launch();
    }

    @AfterEach
    void stop() {
        resources.reversed().forEach(QuarkusTestResourceLifecycleManager::stop);
    }

    @Test
    void goesOnAfterItWasKilledLosesNothingAndTellsNothingElseTwice() throws Exception {
        MessageStore store = store();
        Set<MessageId> mails;
        try (FactTopics<MailScanned> topics = ScanTopics.at(configuration.get("kafka.bootstrap.servers"))) {
            try (PackagedService first = PackagedService.start("recall-killed-1", HEAP, configuration)
                    .ready()) {
                awaitState(first, "ended");
                mails = announceAll(topics, store);
                // Else the second process gets first scans to do again, and tells some of the news before the recall
                // does.
                Awaitility.await("the first scans are acknowledged")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> topics.waiting() == 0);
                RestartableClamd.setSignatures(SIGNATURES, signature("Postern.Late", "going to be a virus"));
                Awaitility.await("a part of the run")
                        .atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> ScanTopics.rescans(topics).size() >= TOLD_BEFORE);
                first.kill();
            }
            assertThat(ScanTopics.rescans(topics)).as("killed in the middle").hasSizeLessThan(MAILS);

            try (PackagedService second = PackagedService.start("recall-killed-2", HEAP, configuration)
                    .ready()) {
                Awaitility.await("every mail is told")
                        .atMost(Duration.ofSeconds(180))
                        .until(() -> ids(ScanTopics.rescans(topics)).containsAll(mails));
                JsonPath ended = awaitState(second, "ended");

                assertThat(ended.getLong("left")).isZero();
                assertThat(ended.getLong("messages.failed")).isZero();
            }
            List<ReceivedEvent<MailScanned>> told = ScanTopics.rescans(topics);
            assertThat(told).allSatisfy(fact -> assertThat(fact.event().result().verdict())
                    .isEqualTo(ScanVerdict.INFECTED));
            // What was in work is told again, as the same event: whoever takes events knows it by its id.
            assertThat(told.stream().map(ReceivedEvent::id).distinct().count()).isEqualTo(MAILS);
            assertThat(told).hasSizeLessThan(MAILS + TOLD_BEFORE);
        }
    }

    private static Set<MessageId> ids(List<ReceivedEvent<MailScanned>> facts) {
        return facts.stream().map(fact -> fact.event().messageId()).collect(Collectors.toSet());
    }

    private static Set<MessageId> announceAll(FactTopics<MailScanned> topics, MessageStore store) throws Exception {
        List<MailReceived> mails = new ArrayList<>();
        for (int i = 0; i < MAILS; i++) {
            String mail = "From: a@example.org\r\nSubject: recall\r\n\r\nnumber " + i + " is going to be a virus\r\n";
            ObjectReference object = store.put(
                    Tenant.DEFAULT, new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)), 1_000_000);
            mails.add(topics.announce(object, TraceContext.start()));
        }
        for (MailReceived mail : mails) {
            assertThat(topics.fact(mail.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.CLEAN);
        }
        return mails.stream().map(MailReceived::messageId).collect(Collectors.toSet());
    }

    private MessageStore store() throws Exception {
        Path key = Path.of(Objects.requireNonNull(configuration.get("postern.store.key-file")));
        return new FilesystemMessageStore(
                Path.of(Objects.requireNonNull(configuration.get("postern.store.root"))), StoreKey.ofFile(key));
    }

    private static JsonPath awaitState(PackagedService service, String state) {
        return Awaitility.await("the run has ended")
                .atMost(Duration.ofSeconds(120))
                .until(
                        () -> new JsonPath(
                                service.answer(service.request("/v1/recall", OidcProvider.token("quarantine-admin"))
                                                .build())
                                        .body()),
                        now -> state.equals(now.getString("state")));
    }

    private static String signature(String name, String text) {
        return name + ":0:*:" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII)) + "\n";
    }
}
