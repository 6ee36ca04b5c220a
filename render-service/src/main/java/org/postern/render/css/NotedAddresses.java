package org.postern.render.css;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes what is left out, on its way to whoever reports it, so that it can be reported again. */
final class NotedAddresses implements Addresses {
    private final Addresses addresses;
    private final Map<String, Integer> removed = new LinkedHashMap<>();
    private final List<Address> leftOut = new ArrayList<>();
    private boolean resolved;

    /** An address that is in no place from which images come. */
    private record Address(String text, Place place) {}

    /** What was left out of one block: constructs by their word, counted, and addresses. */
    record LeftOut(Map<String, Integer> removed, List<Address> addresses) {
        LeftOut {
            // In their order, which copies of maps have not: the same mail has the same report everywhere.
            removed = Collections.unmodifiableMap(new LinkedHashMap<>(removed));
            addresses = List.copyOf(addresses);
        }

        /** Reports it once more. */
        void report(Addresses to) {
            removed.forEach(to::removed);
            addresses.forEach(one -> to.leftOut(one.text(), one.place()));
        }
    }

    NotedAddresses(Addresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public @Nullable String resolve(String address) {
        resolved = true;
        return addresses.resolve(address);
    }

    @Override
    public void leftOut(String address, Place place) {
        leftOut.add(new Address(address, place));
        addresses.leftOut(address, place);
    }

    @Override
    public void removed(String construct, int times) {
        removed.merge(construct, times, Integer::sum);
        addresses.removed(construct, times);
    }

    /** Begins anew. */
    void reset() {
        removed.clear();
        leftOut.clear();
        resolved = false;
    }

    /** What was left out since then. */
    LeftOut noted() {
        return new LeftOut(removed, leftOut);
    }

    /** Whether an address was asked about since then, whose answer is another in each mail. */
    boolean hasResolved() {
        return resolved;
    }
}
