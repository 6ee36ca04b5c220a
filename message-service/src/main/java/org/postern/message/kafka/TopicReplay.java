package org.postern.message.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.header.Header;
import org.postern.events.Event;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailAudit;
import org.postern.events.mail.MailDeleted;
import org.postern.events.mail.MailFeedback;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailReleased;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.MailScanned;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.rebuild.History;

/** Reads the topics from their oldest records on, one after the other, and tells a history of them. */
public final class TopicReplay {
    private static final String SERVICE = "message-service";

    private final Map<String, Object> broker;
    private final EventCodec codec;
    private final History history;

    /** @param broker the configuration of the broker */
    public TopicReplay(Map<String, Object> broker, EventCodec codec, History history) {
        this.broker = Map.copyOf(broker);
        this.codec = codec;
        this.history = history;
    }

    /**
     * What became of the records of a topic.
     *
     * @param written how many of them said something that was not known
     * @param unreadable how many of them are no event
     */
    public record Counts(long read, long written, long unreadable) {
        private Counts plus(boolean wrote) {
            return new Counts(read + 1, wrote ? written + 1 : written, unreadable);
        }

        private Counts plusUnreadable() {
            return new Counts(read + 1, written, unreadable + 1);
        }
    }

    /**
     * Whether a message-service reads facts now.
     *
     * @throws LedgerUnavailableException where the broker cannot be asked
     */
    public static boolean isServiceRunning(Map<String, Object> broker) {
        try (Admin admin = Admin.create(broker)) {
            return admin.describeConsumerGroups(List.of(SERVICE)).all().get().values().stream()
                    .anyMatch(group -> !group.members().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw new LedgerUnavailableException(e, false);
        } catch (KafkaException e) {
            throw new LedgerUnavailableException(e, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailableException(e, false);
        }
    }

    /**
     * Reads all of it. May be run again, after it was broken off too.
     *
     * @param done hears of each topic when it was read
     * @throws LedgerUnavailableException where the broker or the database is away
     */
    public void run(BiConsumer<String, Counts> done) {
        try (TopicScan scan = TopicScan.begin(broker, "message-service-rebuild")) {
            // Receipts that could not be handled are among the dead letters; what is known of their messages is not.
            replay(scan, Topic.MAIL_DELETED, MailDeleted.class, told -> history.deleted(told.event()), done);
            receipts(scan, done);
            replay(scan, Topic.MAIL_SCANNED, MailScanned.class, told -> history.scanned(told.event()), done);
            replay(scan, Topic.MAIL_ASSESSED, MailAssessed.class, told -> history.assessed(told.event()), done);
            replay(scan, Topic.MAIL_JUDGED, MailJudged.class, told -> history.judged(told.event()), done);
            replay(scan, Topic.MAIL_HANDED_OVER, MailHandedOver.class, told -> history.handedOver(told.event()), done);
            replay(scan, Topic.MAIL_RENDERED, MailRendered.class, told -> history.rendered(told.event()), done);
            replay(scan, Topic.MAIL_RELEASED, MailReleased.class, told -> history.released(told.event()), done);
            replay(scan, Topic.MAIL_FEEDBACK, MailFeedback.class, told -> history.feedback(told.event()), done);
            replay(scan, Topic.MAIL_AUDIT, MailAudit.class, told -> history.audited(told.event()), done);
        }
    }

    private void receipts(TopicScan scan, BiConsumer<String, Counts> done) {
        Counts[] counts = {new Counts(0, 0, 0)};
        scan.read(List.of(Topic.MAIL_RECEIVED.topicName()), record -> {
            Map<String, String> headers = headers(record);
            try {
                ReceivedEvent<MailReceived> told = codec.decode(MailReceived.class, headers, value(record));
                counts[0] = counts[0].plus(
                        history.received(new Receipt(told.event(), headers.get(ReceiptCodec.SUBMITTER), told.trace())));
            } catch (UnreadableEventException e) {
                counts[0] = counts[0].plusUnreadable();
            }
        });
        done.accept(Topic.MAIL_RECEIVED.topicName(), counts[0]);
    }

    private <E extends Event> void replay(
            TopicScan scan,
            Topic topic,
            Class<E> type,
            Predicate<ReceivedEvent<E>> tell,
            BiConsumer<String, Counts> done) {
        Counts[] counts = {new Counts(0, 0, 0)};
        scan.read(List.of(topic.topicName()), record -> {
            try {
                counts[0] = counts[0].plus(tell.test(codec.decode(type, headers(record), value(record))));
            } catch (UnreadableEventException e) {
                counts[0] = counts[0].plusUnreadable();
            }
        });
        done.accept(topic.topicName(), counts[0]);
    }

    private static byte[] value(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
        if (record.value() == null) {
            throw new UnreadableEventException("the record has no value", null);
        }
        return record.value();
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }
}
