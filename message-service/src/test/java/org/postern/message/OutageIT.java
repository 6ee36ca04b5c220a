package org.postern.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.ScanVerdict;

/** What happens when an engine, the database or the broker is away, and when it is back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageIT {
    private RealParts parts;
    private TestTopics topics;
    private ServiceProcess service;

    @BeforeAll
    void start() throws IOException {
        parts = RealParts.start();
        parts.configuration().put("postern.intake.deadline", "3S");
        topics = parts.topics();
        service = ServiceProcess.start("outage", parts.configuration()).ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        service.close();
        topics.close();
        parts.close();
    }

    @Test
    @Order(1)
    void defersAtTheDeadlineAndDeliversWhenTheEngineIsBack() throws Exception {
        MessageId id = ServiceProcess.id(service.submit("<>", TestMails.plain("deadline")));
        topics.tell(TestTopics.assessed(id, 1, MailClass.HAM));
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.INCONCLUSIVE));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(judged(id)).singleElement().satisfies(judged -> {
                    assertThat(judged.settled()).isFalse();
                    assertThat(judged.verdict()).isEqualTo(ScanVerdict.INCONCLUSIVE);
                    assertThat(judged.recipients().getFirst().disposition()).isEqualTo(Disposition.DEFER);
                }));
        assertThat(service.read(id).body()).contains("\"scan-inconclusive\"", "\"settled\":false");
        topics.staysUnanswered(id);

        topics.tell(TestTopics.scanned(id, 2, ScanVerdict.CLEAN));
        topics.tell(TestTopics.scanned(id, 3, ScanVerdict.INCONCLUSIVE));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(judged(id)).hasSize(2).last().satisfies(judged -> {
                    assertThat(judged.revision()).isEqualTo(2);
                    assertThat(judged.settled()).isTrue();
                    assertThat(judged.recipients().getFirst().disposition()).isEqualTo(Disposition.DELIVER);
                }));
    }

    @Test
    @Order(2)
    void answersOneWhoWaitsWithTheInterimVerdictOfTheDeadline() throws Exception {
        HttpResponse<String> response = service.submit("<>", TestMails.plain("interim"), "Prefer", "wait=20");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"settled\":false", "\"defer\"");
    }

    @Test
    @Order(3)
    void tellsWhatADeadProcessLeftInTheOutbox() throws Exception {
        MessageId id = MessageId.random();
        try (Connection connection = parts.connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into message.outbox (tenant, mail_id, topic, key, headers, value, kept_at)
                        values ('default', ?::uuid, 'mail.judged.v1', ?, '{"ce_id": "x"}', '{"left": "over"}', now())
                        """)) {
            insert.setString(1, id.toString());
            insert.setString(2, id.toString());
            insert.executeUpdate();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> topics.records(Topic.MAIL_JUDGED)
                .anyMatch(record -> id.toString().equals(record.key())));
        await().atMost(Duration.ofSeconds(30)).until(() -> count("select count(*) from message.outbox") == 0);
    }

    @Test
    @Order(4)
    void takesMailsInWhileTheDatabaseIsAway() throws Exception {
        parts.takeDatabaseAway();
        HttpResponse<String> accepted = service.submit("<>", TestMails.plain("without"), "Prefer", "wait=1");
        List<Path> storedBefore = parts.stored();
        HttpResponse<String> keyed = service.submit("<>", TestMails.plain("keyed"), "Idempotency-Key", "k1");
        MessageId id = ServiceProcess.id(accepted);
        HttpResponse<String> read = service.read(id);
        topics.tell(TestTopics.assessed(id, 1, MailClass.HAM));
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.CLEAN));

        assertThat(accepted.statusCode()).isEqualTo(202);
        for (HttpResponse<String> refused : List.of(keyed, read)) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("\"database-unavailable\"");
        }
        assertThat(parts.stored()).isEqualTo(storedBefore);

        parts.giveDatabaseBack();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(judged(id)).last().satisfies(judged -> assertThat(judged.settled())
                        .isTrue()));
        assertThat(service.read(id).statusCode()).isEqualTo(200);
        assertThat(service.submit("<>", TestMails.plain("keyed"), "Idempotency-Key", "k1")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    @Order(5)
    void acceptsNothingWhileTheBrokerIsAwayAndGoesOnWhenItIsBack() throws Exception {
        long told = topics.records(Topic.MAIL_RECEIVED).count();
        List<Path> storedBefore = parts.stored();
        parts.takeBrokerAway();

        HttpResponse<String> plain = service.submit("<>", TestMails.plain("no broker"));
        HttpResponse<String> keyed = service.submit("<>", TestMails.plain("no broker"), "Idempotency-Key", "k2");

        for (HttpResponse<String> refused : List.of(plain, keyed)) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("\"broker-unavailable\"");
        }
        assertThat(parts.stored()).isEqualTo(storedBefore);
        assertThat(count("select count(*) from message.intake_key where key = 'k2'"))
                .isZero();

        parts.giveBrokerBack();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        service.submit("<>", TestMails.plain("no broker"), "Idempotency-Key", "k2")
                                .statusCode())
                .isEqualTo(202));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(topics.records(Topic.MAIL_RECEIVED).count()).isGreaterThan(told));
    }

    private List<MailJudged> judged(MessageId id) {
        return topics.told(Topic.MAIL_JUDGED, MailJudged.class, id);
    }

    private long count(String sql) throws java.sql.SQLException {
        try (Connection connection = parts.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
