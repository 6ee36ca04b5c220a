package org.postern.e2e.faults;

import java.util.Map;
import java.util.TreeMap;
import org.postern.e2e.suite.Records;
import org.postern.events.codec.EventHeader;
import org.postern.events.codec.Topic;

/**
 * How many events there are on each topic, and how many of them are there more than once: after a kill a service may say
 * again what it has said, under the same id.
 *
 * @param counts by the name of the topic
 */
record RepeatedEvents(Map<String, Count> counts) {
    /**
     * @param events how many there are
     * @param repeated how many of them are repetitions of an earlier one
     */
    record Count(long events, long repeated) {
        @Override
        public String toString() {
            return events + " events, " + repeated + " of them repetitions";
        }
    }

    /** What is there now. */
    static RepeatedEvents onAllTopics() {
        Map<String, Count> counts = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            Map<String, Integer> ids = Records.valuesOf(topic, EventHeader.ID);
            long events = ids.values().stream().mapToLong(Integer::longValue).sum();
            counts.put(topic.topicName(), new Count(events, events - ids.size()));
        }
        return new RepeatedEvents(counts);
    }

    /** What has come since then, topics without anything new left out. */
    Map<String, Count> since(RepeatedEvents before) {
        Map<String, Count> since = new TreeMap<>();
        counts.forEach((topic, count) -> {
            Count earlier = before.counts.getOrDefault(topic, new Count(0, 0));
            if (count.events > earlier.events) {
                since.put(topic, new Count(count.events - earlier.events, count.repeated - earlier.repeated));
            }
        });
        return since;
    }
}
