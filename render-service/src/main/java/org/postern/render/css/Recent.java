package org.postern.render.css;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/** What was asked for last, up to a weight; safe for use by many threads. */
final class Recent<K, V> {
    private final int most;
    private final ToIntBiFunction<K, V> weight;
    private final Map<K, Held<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private int held;

    /** Its weight is kept: looking at the oldest again, only to weigh it, would be a way to far memory each time. */
    private record Held<V>(V value, int weight) {}

    /**
     * @param most of the weights of all together
     * @param weight of one; one that is heavier than an eighth of all is not kept
     */
    Recent(int most, ToIntBiFunction<K, V> weight) {
        this.most = most;
        this.weight = weight;
    }

    synchronized @Nullable V get(K key) {
        Held<V> one = entries.get(key);
        return one == null ? null : one.value();
    }

    synchronized void keep(K key, V value) {
        int its = weight.applyAsInt(key, value);
        if (its > most / 8 || entries.putIfAbsent(key, new Held<>(value, its)) != null) {
            return;
        }
        held += its;
        Iterator<Held<V>> oldest = entries.values().iterator();
        while (held > most && oldest.hasNext()) {
            held -= oldest.next().weight();
            oldest.remove();
        }
    }
}
