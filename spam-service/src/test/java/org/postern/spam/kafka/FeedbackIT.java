package org.postern.spam.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.SubjectHash;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.Topic;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailFeedback;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.Symbol;
import org.postern.store.MessageStore;
import org.postern.testsupport.FactTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.RspamdEngine;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(RspamdEngine.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(PostgresDatabase.class)
class FeedbackIT {
    private static final String[] WANTED =
            "harvest orchard cider pruning grafting blossom pollen ladder crate barn".split(" ");
    private static final String[] UNWANTED =
            "lottery raffle scratchcard bingo keno croupier wager odds bookmaker stake".split(" ");
    private static final Random RANDOM = new Random(7);

    @Inject
    MessageStore store;

    @Inject
    MeterRegistry registry;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private FactTopics<MailAssessed> topics;

    @BeforeEach
    void open() {
        topics = AssessmentTopics.at(brokers);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void learnsFromWordsAndTakesThemBack() throws Exception {
        double before = counted(FeedbackClass.SPAM, "learned");
        double hamBefore = counted(FeedbackClass.HAM, "learned");
        for (int i = 0; i < RspamdEngine.MIN_LEARNS + 1; i++) {
            topics.tell(said(MessageId.random(), put(mail(UNWANTED)), FeedbackClass.SPAM, 1), TraceContext.start());
            topics.tell(said(MessageId.random(), put(mail(WANTED)), FeedbackClass.HAM, 1), TraceContext.start());
        }
        MessageId id = MessageId.random();
        byte[] mail = mail("walnut pigeon lantern thimble quarry saddle gravel anchor basil comet".split(" "));
        ObjectReference object = put(mail);
        topics.tell(said(id, object, FeedbackClass.SPAM, 1), TraceContext.start());
        awaitCount(FeedbackClass.SPAM, "learned", before + RspamdEngine.MIN_LEARNS + 2);
        // Words of several partitions are learned in no order: the last of ham may come after the last of spam.
        awaitCount(FeedbackClass.HAM, "learned", hamBefore + RspamdEngine.MIN_LEARNS + 1);

        assertThat(symbols(mail(UNWANTED))).contains("BAYES_SPAM");
        assertThat(symbols(mail)).contains("BAYES_SPAM");

        double ham = counted(FeedbackClass.HAM, "learned");
        topics.tell(said(id, object, FeedbackClass.HAM, 2), TraceContext.start());
        awaitCount(FeedbackClass.HAM, "learned", ham + 1);

        assertThat(symbols(mail)).contains("BAYES_HAM").doesNotContain("BAYES_SPAM");
    }

    @Test
    void learnsAWordThatComesTwiceOnce() throws Exception {
        double before = counted(FeedbackClass.SPAM, "superseded");
        MailFeedback said = said(MessageId.random(), put(mail(UNWANTED)), FeedbackClass.SPAM, 1);

        topics.tell(said, TraceContext.start());
        topics.tell(said, TraceContext.start());

        awaitCount(FeedbackClass.SPAM, "superseded", before + 1);
    }

    @Test
    void learnsNothingOfAMailThatWasDeletedAndGoesOn() throws Exception {
        double gone = counted(FeedbackClass.SPAM, "body-unreadable");
        ObjectReference object = put(mail(UNWANTED));
        store.erase(object.tenant(), object.id());

        topics.tell(said(MessageId.random(), object, FeedbackClass.SPAM, 1), TraceContext.start());

        awaitCount(FeedbackClass.SPAM, "body-unreadable", gone + 1);
    }

    @Test
    void putsRecordsThatAreNoWordsAside() throws Exception {
        topics.announceRubbish(Topic.MAIL_FEEDBACK, "no-word");

        assertThat(new String(
                        topics.deadLetter("no-word")
                                .headers()
                                .lastHeader("dlq_reason")
                                .value(),
                        StandardCharsets.UTF_8))
                .isEqualTo("not an event of this topic");
    }

    private void awaitCount(FeedbackClass mailClass, String outcome, double count) {
        Awaitility.await(count + " " + outcome)
                .atMost(Duration.ofSeconds(30))
                .until(() -> counted(mailClass, outcome) >= count);
    }

    private double counted(FeedbackClass mailClass, String outcome) {
        Counter counter = registry.find("postern.learning")
                .tags("class", mailClass.word(), "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private List<String> symbols(byte[] mail) throws Exception {
        MailReceived announced = topics.announce(put(mail), TraceContext.start());
        return topics.fact(announced.messageId()).event().result().symbols().stream()
                .map(Symbol::name)
                .toList();
    }

    private static MailFeedback said(MessageId id, ObjectReference object, FeedbackClass mailClass, int revision) {
        return new MailFeedback(
                id,
                Tenant.DEFAULT,
                object,
                mailClass,
                SubjectHash.of("A".repeat(43)),
                revision,
                Instant.parse("2026-11-24T02:00:00Z"));
    }

    private ObjectReference put(byte[] mail) throws Exception {
        return store.put(Tenant.DEFAULT, new ByteArrayInputStream(mail), 1_000_000);
    }

    private static byte[] mail(String[] words) {
        StringBuilder text = new StringBuilder("From: <someone@example.org>\r\nTo: <b@example.org>\r\nSubject: ")
                .append(words[RANDOM.nextInt(words.length)])
                .append("\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\nMessage-ID: <")
                .append(RANDOM.nextInt(1 << 30))
                .append("@example.org>\r\n\r\n");
        for (int i = 1; i <= 60; i++) {
            text.append(words[RANDOM.nextInt(words.length)]).append(i % 10 == 0 ? "\r\n" : " ");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
