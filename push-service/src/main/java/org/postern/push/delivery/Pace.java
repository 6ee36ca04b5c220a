package org.postern.push.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast a device was pushed to, and from when on it may be again. A burst is merged by a window that doubles with each
 * push that follows soon after another, and is short again once the device had its rest; a channel that counts pushes has
 * a bucket beside it.
 *
 * @param tokens how many pushes the bucket had when the last one was sent, that one taken off
 * @param pause the window as it is now
 * @param sentAt when the last push was sent
 * @param freeAt from when on there may be another
 * @param topics the sets of types whose pushes take the place of one another; see {@link #collapses}
 */
public record Pace(double tokens, Duration pause, Instant sentAt, Instant freeAt, List<String> topics) {
    public Pace {
        topics = List.copyOf(topics);
    }

    /** That of a device that got no push yet. */
    public static Pace fresh(Allowance allowance) {
        return new Pace(allowance.burst(), allowance.window(), Instant.EPOCH, Instant.EPOCH, List.of());
    }

    /** What it is once a push was sent now. */
    public Pace sent(Allowance allowance, Instant now) {
        Duration rest = Duration.between(sentAt, now);
        boolean soon = rest.compareTo(pause.multipliedBy(2).plus(allowance.window())) <= 0;
        Duration next = soon ? shorter(pause.multipliedBy(2), allowance.longestWindow()) : allowance.window();
        Instant free = now.plus(next);
        double left = allowance.burst();
        if (allowance.isCounted()) {
            double refilled =
                    tokens + (double) rest.toMillis() / allowance.refill().toMillis();
            left = Math.min(refilled, allowance.burst()) - 1;
            Instant full = now.plusMillis(
                    (long) Math.ceil((1 - left) * allowance.refill().toMillis()));
            free = full.isAfter(free) ? full : free;
        }
        return new Pace(left, next, now, free, topics);
    }

    /** Whether the bucket is empty. */
    public boolean isSpent(Allowance allowance) {
        return allowance.isCounted() && tokens < 1;
    }

    /**
     * Whether a push of this topic may take the place of an older one of the same topic that the device has not got. A
     * channel that allows that for a few topics gets the first few; the rest lie beside them, and are not lost.
     */
    public boolean collapses(String topic) {
        return topics.contains(topic);
    }

    /** The same with a topic more, where there is room for it. */
    public Pace with(String topic, Allowance allowance) {
        if (topics.contains(topic) || topics.size() >= allowance.mostTopics()) {
            return this;
        }
        List<String> more = new ArrayList<>(topics);
        more.add(topic);
        return new Pace(tokens, pause, sentAt, freeAt, more);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
