package org.postern.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.ScanVerdict;

/** Three processes of the packaged service, on one broker and one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasIT {
    private final List<ServiceProcess> replicas = new ArrayList<>();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private RealParts parts;
    private TestTopics topics;

    @BeforeAll
    void start() throws IOException {
        parts = RealParts.start();
        // Whoever waits is called by Kafka or not at all in this test.
        parts.configuration().put("postern.relay.recheck", "60S");
        topics = parts.topics();
        for (int i = 0; i < 3; i++) {
            replicas.add(ServiceProcess.start("replica-" + i, parts.configuration()));
        }
    }

    /** Those too that another test killed and started again. */
    @BeforeEach
    void awaitAll() {
        replicas.forEach(ServiceProcess::ready);
    }

    @AfterAll
    void stop() throws InterruptedException {
        for (ServiceProcess replica : replicas) {
            replica.close();
        }
        topics.close();
        parts.close();
    }

    @Test
    void answersOnTheReplicaThatWaitsWhicheverReplicaJudges() throws Exception {
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ServiceProcess replica = replicas.get(i % 3);
            String sender = "wait-" + i + "@example.com";
            answers.add(clients.submit(() -> replica.submit(sender, TestMails.plain(sender), "Prefer", "wait=20")));
        }
        Map<String, List<MessageId>> ids =
                await().atMost(Duration.ofSeconds(20)).until(() -> idsBySender("wait-"), found -> found.size() == 12);
        ids.values().forEach(each -> tellClean(each.getFirst()));

        long begin = System.nanoTime();
        for (Future<HttpResponse<String>> answer : answers) {
            HttpResponse<String> response = answer.get();
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Preference-Applied")).contains("wait=20");
            assertThat(response.body()).contains("\"settled\":true", "\"disposition\":\"deliver\"");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void takesLargeMailsInWithoutHoldingThemOnTheHeap() throws Exception {
        // Four of 50 MiB at once, in a process with 96 MiB of heap.
        List<Future<HttpResponse<String>>> answers = IntStream.range(0, 4)
                .mapToObj(i -> clients.submit(() -> replicas.get(1)
                        .submit(
                                "large-" + i + "@example.com",
                                BodyPublishers.ofInputStream(() -> mail(50 * 1024 * 1024)))))
                .toList();

        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(202);
        }
    }

    @Test
    void losesNoMailAndDoublesNoneWhenReplicasAreKilled() throws Exception {
        int count = 60;
        List<Future<MessageId>> accepted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String sender = "kill-" + i + "@example.com";
            accepted.add(clients.submit(() -> submitUntilAccepted(sender)));
            Thread.sleep(20);
            if (i == 20 || i == 40) {
                int victim = i == 20 ? 0 : 2;
                replicas.get(victim).kill();
                replicas.set(victim, ServiceProcess.start("replica-" + victim + "-again", parts.configuration()));
            }
        }
        Map<String, MessageId> ids = new HashMap<>();
        for (int i = 0; i < count; i++) {
            MessageId id = accepted.get(i).get();
            ids.put("kill-" + i + "@example.com", id);
            tellClean(id);
        }

        assertThat(idsBySender("kill-")).hasSize(count).allSatisfy((sender, each) -> assertThat(each)
                .containsOnly(ids.get(sender)));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (MessageId id : ids.values()) {
                // An interim judgement is none to hold against it; that the last one is not the settled one would be.
                assertThat(topics.told(Topic.MAIL_JUDGED, MailJudged.class, id))
                        .last()
                        .satisfies(judged -> {
                            assertThat(judged.settled()).isTrue();
                            assertThat(judged.recipients().getFirst().disposition())
                                    .isEqualTo(Disposition.DELIVER);
                        });
            }
        });
    }

    private MessageId submitUntilAccepted(String sender) throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                HttpResponse<String> response =
                        replicas.get(i % 3).submit(sender, TestMails.plain(sender), "Idempotency-Key", sender);
                if (response.statusCode() == 202) {
                    return ServiceProcess.id(response);
                }
            } catch (IOException e) {
                // Killed while it was at it.
            }
            Thread.sleep(100);
        }
    }

    private void tellClean(MessageId id) {
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);
    }

    private Map<String, List<MessageId>> idsBySender(String prefix) {
        return topics.records(Topic.MAIL_RECEIVED)
                .filter(record -> record.value().contains("\"" + prefix))
                .collect(Collectors.groupingBy(
                        record -> record.value().replaceAll(".*\"(" + prefix + "[0-9]+@example.com)\".*", "$1"),
                        Collectors.mapping(record -> MessageId.of(record.key()), Collectors.toList())));
    }

    private static InputStream mail(int size) {
        byte[] head = "From: a@example.org\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] block = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        List<InputStream> parts = new ArrayList<>();
        parts.add(new ByteArrayInputStream(head));
        for (int left = size - head.length; left > 0; left -= block.length) {
            parts.add(new ByteArrayInputStream(block, 0, Math.min(left, block.length)));
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }
}
