package org.postern.render.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.EventJson;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.RecipientOutcome;
import org.postern.store.MessageStore;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
class HandedOverMailsIT {
    private static final String MAIL = "From: a@example.org\r\nContent-Type: text/html\r\n\r\n"
            + "<p>Hello</p><img src='https://p.example/a.png'><img src='https://t.example/o' width=1 height=1>";

    @Inject
    MessageStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private final EventCodec codec = new EventCodec("/test", Clock.systemUTC());
    private final Map<String, ConsumerRecord<String, byte[]>> told = new HashMap<>();
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;

    @BeforeEach
    void open() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        "test-" + MessageId.random(),
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        "500"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.MAIL_RENDERED.topicName(), Topic.MAIL_HANDED_OVER.deadLetters()));
    }

    @AfterEach
    void close() {
        producer.close();
        consumer.close();
    }

    @Test
    void announcesTheRenditionOfAMailForReading() throws Exception {
        MailHandedOver mail = handOver(put(MAIL), Disposition.DELIVER);

        ConsumerRecord<String, byte[]> record = record(mail.messageId());
        MailRendered fact = EventJson.mapper().readValue(record.value(), MailRendered.class);
        assertThat(record.topic()).isEqualTo("mail.rendered.v1");
        assertThat(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .isEqualTo(fact.id().toString());
        assertThat(fact.blocked()).isEqualTo(2);
        assertThat(fact.trackers()).isEqualTo(1);
        try (InputStream stored = store.open(fact.rendition())) {
            JsonNode rendition = EventJson.mapper().readTree(stored.readAllBytes());
            assertThat(rendition.path("text").asText()).isEqualTo("Hello");
        }
    }

    @Test
    void leavesMailsThatNobodyReads() throws Exception {
        MailHandedOver rejected = handOver(put(MAIL), Disposition.REJECT);
        MailHandedOver read = handOver(put(MAIL), Disposition.JUNK);

        record(read.messageId());

        assertThat(told).doesNotContainKey(rejected.messageId().toString());
    }

    @Test
    void fetchesTheImagesOfDeliveredMailsBeforeAnybodyReads() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        site.start();
        try {
            String image = "From: a@example.org\r\nContent-Type: text/html\r\n\r\n<img src='http://127.0.0.1:"
                    + site.getAddress().getPort() + "/%s.png'>";
            MailHandedOver warned = handOver(put(image.formatted("warned")), Disposition.DELIVER_WITH_WARNING);
            record(warned.messageId());

            handOver(put(image.formatted("delivered")), Disposition.DELIVER);

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> asked.contains("/delivered.png"));
            assertThat(asked).containsExactly("/delivered.png");
        } finally {
            site.stop(0);
        }
    }

    @Test
    void setsAsideWhatCannotBeRenderedAndGoesOn() throws Exception {
        MailHandedOver noMail = handOver(put("<html>no mail</html>"), Disposition.DELIVER);
        ObjectReference gone = put(MAIL);
        store.erase(gone.tenant(), gone.id());
        MailHandedOver missing = handOver(gone, Disposition.DELIVER);
        producer.send(new ProducerRecord<>(Topic.MAIL_HANDED_OVER.topicName(), "rubbish", new byte[] {'x'}))
                .get();
        MailHandedOver good = handOver(put(MAIL), Disposition.DELIVER);

        assertThat(reason(noMail.messageId().toString())).isEqualTo("not-a-mail");
        assertThat(reason(missing.messageId().toString())).isEqualTo("object-unreadable");
        assertThat(reason("rubbish")).isEqualTo("not an event of this topic");
        assertThat(record(good.messageId()).topic()).isEqualTo("mail.rendered.v1");
    }

    private String reason(String key) {
        ConsumerRecord<String, byte[]> record = record(key);
        assertThat(record.topic()).isEqualTo("mail.handed-over.v1.dlq");
        return new String(record.headers().lastHeader("dlq_reason").value(), StandardCharsets.UTF_8);
    }

    private ConsumerRecord<String, byte[]> record(MessageId id) {
        return record(id.toString());
    }

    private ConsumerRecord<String, byte[]> record(String key) {
        Awaitility.await(key).atMost(Duration.ofSeconds(30)).until(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> told.put(record.key(), record));
            return told.containsKey(key);
        });
        return told.get(key);
    }

    private ObjectReference put(String mail) throws Exception {
        return store.put(Tenant.DEFAULT, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)), 10_000);
    }

    private MailHandedOver handOver(ObjectReference object, Disposition disposition) throws Exception {
        RecipientHashKey key = RecipientHashKey.ofBase64("A".repeat(43) + "=");
        MailHandedOver mail = new MailHandedOver(
                MessageId.random(),
                Tenant.DEFAULT,
                1,
                MailPath.REST,
                object,
                List.of(new RecipientOutcome(
                        key.hash(Tenant.DEFAULT, MailAddress.of("b@example.org")), disposition, List.of())),
                Instant.now());
        EncodedEvent encoded = codec.encode(mail, TraceContext.start());
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                encoded.topic().topicName(), encoded.key(), encoded.json().getBytes(StandardCharsets.UTF_8));
        encoded.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
        return mail;
    }
}
