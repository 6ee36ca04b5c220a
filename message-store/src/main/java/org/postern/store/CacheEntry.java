package org.postern.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something in a cache, where it is.
 *
 * @param place its name in the adapter
 * @param size bytes, as it is stored
 */
public record CacheEntry(String place, Instant writtenAt, long size) {
    /** Which of them have to go, so that none is older than that and no more than so many bytes are left. */
    public static List<CacheEntry> surplus(List<CacheEntry> all, Instant before, long most) {
        List<CacheEntry> oldestFirst = new ArrayList<>(all);
        oldestFirst.sort(Comparator.comparing(CacheEntry::writtenAt));
        long left = oldestFirst.stream().mapToLong(CacheEntry::size).sum();
        List<CacheEntry> surplus = new ArrayList<>();
        for (CacheEntry entry : oldestFirst) {
            if (left <= most && !entry.writtenAt().isBefore(before)) {
                break;
            }
            surplus.add(entry);
            left -= entry.size();
        }
        return surplus;
    }
}
