package org.postern.spam.kafka;

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
import org.postern.events.codec.EventJson;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailReceived;
import org.postern.spam.AssessorContract;
import org.postern.store.MessageStore;
import org.postern.testsupport.FactTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.RspamdEngine;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(RspamdEngine.class)
@QuarkusTestResource(OidcProvider.class)
class ReceivedMailsIT {
    private static final long LIMIT = 1_000_000;
    private static final byte[] PLAIN = AssessorContract.mail("See you at ten, in the usual place.");

    @Inject
    MessageStore store;

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
    void tellsWhatEachMailIs() throws Exception {
        MailReceived plain = announce(put(PLAIN));
        MailReceived test = announce(put(AssessorContract.gtube()));

        AssessmentResult ham = topics.fact(plain.messageId()).event().result();
        assertThat(ham.mailClass()).isEqualTo(MailClass.HAM);
        assertThat(ham.authentication().spf()).isEqualTo(AuthenticationResult.NONE);
        assertThat(ham.authentication().dmarc()).isEqualTo(AuthenticationResult.NONE);
        assertThat(topics.fact(test.messageId()).event().result().mailClass()).isEqualTo(MailClass.SPAM);
    }

    @Test
    void tellsNoPersonalData() throws Exception {
        MailReceived mail = announce(put(PLAIN));

        String fact = EventJson.mapper()
                .writeValueAsString(topics.fact(mail.messageId()).event());

        assertThat(fact)
                // Domains that were verified are told; addresses and the client are not.
                .doesNotContain("@", "mail.example.org")
                .doesNotContain("192.0.2.1")
                .doesNotContain("Tuesday");
    }

    @Test
    void continuesTheTraceAndNamesTheFact() throws Exception {
        TraceContext trace = TraceContext.start();

        MailReceived mail = topics.announce(put(PLAIN), trace);

        ReceivedEvent<MailAssessed> fact = topics.fact(mail.messageId());
        assertThat(fact.trace().traceId()).isEqualTo(trace.traceId());
        assertThat(fact.id()).isEqualTo(fact.event().id());
        assertThat(fact.event().attempt()).isEqualTo(1);
        assertThat(fact.event().tenant()).isEqualTo(mail.tenant());
    }

    @Test
    void saysSoWhereTheBodyIsGone() throws Exception {
        ObjectReference object = put(PLAIN);
        store.erase(object.tenant(), object.id());

        MailReceived mail = announce(object);

        MailAssessed fact = topics.fact(mail.messageId()).event();
        assertThat(fact.result().mailClass()).isEqualTo(MailClass.INCONCLUSIVE);
        assertThat(fact.result().inconclusive()).isEqualTo(InconclusiveCause.OBJECT_UNREADABLE);
    }

    @Test
    void callsABodyThatIsNotTheAnnouncedOneUnreadable() throws Exception {
        ObjectReference object = put(PLAIN);
        ObjectReference other =
                new ObjectReference(object.tenant(), object.id(), ContentHash.of("0".repeat(64)), object.size());

        MailReceived mail = announce(other);

        assertThat(topics.fact(mail.messageId()).event().result().inconclusive())
                .isEqualTo(InconclusiveCause.OBJECT_UNREADABLE);
    }

    @Test
    void putsRecordsThatAreNoMailsAsideAndGoesOn() throws Exception {
        topics.announceRubbish(Topic.MAIL_RECEIVED, "rubbish");
        MailReceived mail = announce(put(PLAIN));

        assertThat(new String(
                        topics.deadLetter("rubbish")
                                .headers()
                                .lastHeader("dlq_reason")
                                .value(),
                        StandardCharsets.UTF_8))
                .isEqualTo("not an event of this topic");
        assertThat(topics.fact(mail.messageId()).event().result().mailClass()).isEqualTo(MailClass.HAM);
    }

    @Test
    void assessesManyMails() throws Exception {
        List<MailReceived> mails = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            mails.add(announce(put(i % 2 == 0 ? PLAIN : AssessorContract.gtube())));
        }

        for (int i = 0; i < mails.size(); i++) {
            assertThat(topics.fact(mails.get(i).messageId()).event().result().mailClass())
                    .isEqualTo(i % 2 == 0 ? MailClass.HAM : MailClass.SPAM);
        }
    }

    private MailReceived announce(ObjectReference object) throws Exception {
        return topics.announce(object, TraceContext.start());
    }

    private ObjectReference put(byte[] mail) throws Exception {
        return store.put(Tenant.DEFAULT, new ByteArrayInputStream(mail), LIMIT);
    }
}
