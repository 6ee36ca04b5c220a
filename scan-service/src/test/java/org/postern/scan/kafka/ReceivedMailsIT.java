package org.postern.scan.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.AttachedMail;
import org.postern.store.MessageStore;
import org.postern.testsupport.Clamd;
import org.postern.testsupport.FactTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(Clamd.class)
@QuarkusTestResource(OidcProvider.class)
class ReceivedMailsIT {
    private static final long LIMIT = 1_000_000;

    @Inject
    MessageStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private FactTopics<MailScanned> topics;

    @BeforeEach
    void open() {
        topics = ScanTopics.at(brokers);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void tellsWhatIsInEachMail() throws Exception {
        MailReceived clean = announce(put(AttachedMail.clean()));
        MailReceived infected = announce(put(AttachedMail.infected()));
        MailReceived encrypted = announce(put(AttachedMail.encrypted()));

        assertThat(topics.fact(clean.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(topics.fact(infected.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.INFECTED);
        assertThat(topics.fact(encrypted.messageId()).event().result().unscannable())
                .isEqualTo(UnscannableReason.ENCRYPTED);
    }

    @Test
    void continuesTheTraceAndNamesTheFact() throws Exception {
        TraceContext trace = TraceContext.start();

        MailReceived mail = topics.announce(put(AttachedMail.clean()), trace);

        ReceivedEvent<MailScanned> fact = topics.fact(mail.messageId());
        assertThat(fact.trace().traceId()).isEqualTo(trace.traceId());
        assertThat(fact.id()).isEqualTo(fact.event().id());
        assertThat(fact.event().attempt()).isEqualTo(1);
        assertThat(fact.event().tenant()).isEqualTo(mail.tenant());
    }

    @Test
    void saysSoWhereTheBodyIsGone() throws Exception {
        ObjectReference object = put(AttachedMail.clean());
        store.erase(object.tenant(), object.id());

        MailReceived mail = announce(object);

        MailScanned fact = topics.fact(mail.messageId()).event();
        assertThat(fact.result().verdict()).isEqualTo(ScanVerdict.INCONCLUSIVE);
        assertThat(fact.result().inconclusive()).isEqualTo(InconclusiveCause.OBJECT_UNREADABLE);
    }

    @Test
    void callsABodyThatIsNotTheAnnouncedOneUnreadable() throws Exception {
        ObjectReference object = put(AttachedMail.clean());
        ObjectReference other =
                new ObjectReference(object.tenant(), object.id(), ContentHash.of("0".repeat(64)), object.size());

        MailReceived mail = announce(other);

        assertThat(topics.fact(mail.messageId()).event().result().inconclusive())
                .isEqualTo(InconclusiveCause.OBJECT_UNREADABLE);
    }

    @Test
    void putsRecordsThatAreNoMailsAsideAndGoesOn() throws Exception {
        topics.announceRubbish(Topic.MAIL_RECEIVED, "rubbish");
        MailReceived mail = announce(put(AttachedMail.clean()));

        assertThat(new String(
                        topics.deadLetter("rubbish")
                                .headers()
                                .lastHeader("dlq_reason")
                                .value(),
                        StandardCharsets.UTF_8))
                .isEqualTo("not an event of this topic");
        assertThat(topics.fact(mail.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.CLEAN);
    }

    @Test
    void scansManyMails() throws Exception {
        List<MailReceived> mails = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            mails.add(announce(put(i % 2 == 0 ? AttachedMail.clean() : AttachedMail.infected())));
        }

        for (int i = 0; i < mails.size(); i++) {
            assertThat(topics.fact(mails.get(i).messageId()).event().result().verdict())
                    .isEqualTo(i % 2 == 0 ? ScanVerdict.CLEAN : ScanVerdict.INFECTED);
        }
    }

    private MailReceived announce(ObjectReference object) throws Exception {
        return topics.announce(object, TraceContext.start());
    }

    private ObjectReference put(byte[] mail) throws Exception {
        return store.put(Tenant.DEFAULT, new ByteArrayInputStream(mail), LIMIT);
    }
}
