package org.postern.message;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * What was seen a moment ago: so much at most, and of more the oldest is forgotten. Safe for many threads.
 *
 * @param <T> what is seen; compared by {@code equals}
 */
public final class LatelySeen<T> {
    private final int most;
    private final SequencedSet<T> seen = new LinkedHashSet<>();

    /** @param most how many are remembered; positive */
    public LatelySeen(int most) {
        this.most = most;
    }

    /** Remembers one as the newest. */
    public synchronized void add(T one) {
        seen.remove(one);
        if (seen.size() == most) {
            seen.removeFirst();
        }
        seen.add(one);
    }

    /** Forgets one. @return whether it was remembered */
    public synchronized boolean remove(T one) {
        return seen.remove(one);
    }

    /** Whether one is remembered. */
    public synchronized boolean contains(T one) {
        return seen.contains(one);
    }
}
