package org.postern.render.remote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose tracker an address is, by a table of known ones. */
public final class Trackers {
    private final Map<String, List<KnownTracker>> byHost = new HashMap<>();
    private final List<KnownTracker> anywhere = new ArrayList<>();

    /** @param known in their order: the first that fits names the vendor, those with a host before the others */
    public Trackers(List<KnownTracker> known) {
        for (KnownTracker tracker : known) {
            String host = tracker.host();
            if (host == null) {
                anywhere.add(tracker);
            } else {
                byHost.computeIfAbsent(host, name -> new ArrayList<>()).add(tracker);
            }
        }
    }

    /** The vendor, or null where it is no known tracker. */
    public @Nullable String vendorOf(RemoteUrl url) {
        String address = url.normal().toLowerCase(Locale.ROOT);
        int slash = address.indexOf('/', address.indexOf("://") + 3);
        String path = slash < 0 ? "/" : address.substring(slash);
        String host = url.host();
        while (!host.isEmpty()) {
            String vendor = first(byHost.getOrDefault(host, List.of()), path);
            if (vendor != null) {
                return vendor;
            }
            int dot = host.indexOf('.');
            host = dot < 0 ? "" : host.substring(dot + 1);
        }
        return first(anywhere, path);
    }

    private static @Nullable String first(List<KnownTracker> known, String path) {
        for (KnownTracker tracker : known) {
            if (tracker.path() == null || path.contains(tracker.path())) {
                return tracker.vendor();
            }
        }
        return null;
    }
}
