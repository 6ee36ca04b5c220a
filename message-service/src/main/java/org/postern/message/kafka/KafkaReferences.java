package org.postern.message.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.postern.events.ObjectId;
import org.postern.events.codec.Topic;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.garbage.References;

/**
 * Which objects are named by records of the topics that first tell of an object, their dead letters included, from the
 * oldest record to the newest. Read as text: a record that is no event may still be about an object.
 */
public final class KafkaReferences implements References {
    private static final List<Topic> TELLING = List.of(Topic.MAIL_RECEIVED, Topic.MAIL_RENDERED);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Map<String, Object> broker;

    /** @param broker the configuration of the broker */
    public KafkaReferences(Map<String, Object> broker) {
        this.broker = Map.copyOf(broker);
    }

    @Override
    public Set<ObjectId> among(Collection<ObjectId> objects) {
        Set<ObjectId> asked = new HashSet<>(objects);
        Set<ObjectId> named = new HashSet<>();
        try (TopicScan scan = TopicScan.begin(broker, "message-service-garbage")) {
            if (!TELLING.stream().allMatch(topic -> scan.has(topic.topicName()))) {
                // A broker that knows nothing of us is not to be believed.
                throw new LedgerUnavailableException(new KafkaException("the topics are not there"), false);
            }
            List<String> topics = TELLING.stream()
                    .flatMap(topic -> List.of(topic.topicName(), topic.deadLetters()).stream())
                    .toList();
            scan.read(topics, record -> addNamed(record.value(), asked, named));
        }
        return named;
    }

    private static void addNamed(byte @Nullable [] value, Set<ObjectId> asked, Set<ObjectId> named) {
        if (value == null) {
            return;
        }
        Matcher ids = ID.matcher(new String(value, StandardCharsets.ISO_8859_1));
        while (ids.find()) {
            ObjectId id = ObjectId.of(ids.group());
            if (asked.contains(id)) {
                named.add(id);
            }
        }
    }
}
