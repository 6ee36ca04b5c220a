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
    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private int held;

    /**
     * @param most of the weights of all together
     * @param weight of one; one that is heavier than an eighth of all is not kept
     */
    Recent(int most, ToIntBiFunction<K, V> weight) {
        this.most = most;
        this.weight = weight;
    }

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    synchronized void keep(K key, V value) {
        int its = weight.applyAsInt(key, value);
        if (its > most / 8 || entries.putIfAbsent(key, value) != null) {
            return;
        }
        held += its;
        Iterator<Map.Entry<K, V>> oldest = entries.entrySet().iterator();
        while (held > most && oldest.hasNext()) {
            Map.Entry<K, V> one = oldest.next();
            held -= weight.applyAsInt(one.getKey(), one.getValue());
            oldest.remove();
        }
    }
}
