package org.postern.scan.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.postern.events.MessageId;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;
import org.postern.testsupport.FactTopics;

/** The topics around the service. */
final class ScanTopics {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ScanTopics() {}

    static FactTopics<MailScanned> at(String brokers) {
        return new FactTopics<>(brokers, "scan-service", MailScanned.class, Topic.MAIL_SCANNED, Topic.MAIL_RECEIVED);
    }

    /** Waits for a fact about a mail that was scanned again, with this verdict. */
    static MailScanned rescanned(FactTopics<MailScanned> topics, MessageId id, ScanVerdict verdict) {
        return topics.fact(id, fact -> fact.rescan() != null && fact.result().verdict() == verdict);
    }

    /** Waits for a fact of a first scan of a mail with this verdict, whatever else was told of it before or since. */
    static ReceivedEvent<MailScanned> scanned(FactTopics<MailScanned> topics, MessageId id, ScanVerdict verdict) {
        return Awaitility.await("a first scan of " + id + " that finds it " + verdict)
                .atMost(PATIENCE)
                .until(
                        () -> topics.told().stream()
                                .filter(fact -> fact.event().messageId().equals(id)
                                        && fact.event().rescan() == null
                                        && fact.event().result().verdict() == verdict)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** All facts of rescans until now, each as often as it was told. */
    static List<ReceivedEvent<MailScanned>> rescans(FactTopics<MailScanned> topics) throws UnreadableEventException {
        return topics.told().stream()
                .filter(fact -> fact.event().rescan() != null)
                .toList();
    }
}
