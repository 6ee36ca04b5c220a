package org.postern.render.cleaning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.render.Link;
import org.postern.render.RemovedConstruct;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteKind;
import org.postern.render.remote.RemoteReference;
import org.postern.render.remote.RemoteUrl;
import org.postern.render.remote.Trackers;

/** What was found. Bounded: a mail with a million hosts must not make a report of a million lines. */
public final class Report {
    private static final int LINES = 1000;
    private static final String UNKNOWN = "unknown";
    private static final String ELSEWHERE = "more-hosts";

    private final Trackers trackers;
    private final RemoteImages images;
    private final Map<RemoteReference, Integer> remote = new LinkedHashMap<>();
    private final Map<String, Integer> removed = new LinkedHashMap<>();
    /** An address is asked about where it is found, where it is counted, and where it is put right. */
    private final Map<RemoteUrl, Optional<String>> vendors = new HashMap<>();

    private final List<Link> links = new ArrayList<>();

    public Report(Trackers trackers, RemoteImages images) {
        this.trackers = trackers;
        this.images = images;
    }

    /**
     * Something that would be fetched.
     *
     * @param hidden whether nobody can see it
     * @param shown whether it is shown through our proxy, unless it is a tracker
     */
    void remote(RemoteUrl url, RemoteKind kind, boolean hidden, boolean shown) {
        String vendor = vendorOf(url);
        boolean tracker = vendor != null || hidden;
        RemoteReference reference = RemoteReference.once(url.host(), kind, tracker, vendor);
        reference = shown && !tracker ? reference.proxied() : reference;
        if (remote.size() >= LINES && !remote.containsKey(reference)) {
            reference = RemoteReference.once(ELSEWHERE, kind, tracker, null);
        }
        remote.merge(reference, 1, Integer::sum);
    }

    /** Whose tracker an address is; {@code unknown} where it names the reader; null where it is none that is known. */
    @Nullable String vendorOf(RemoteUrl url) {
        Optional<String> known = vendors.get(url);
        if (known == null) {
            String vendor = trackers.vendorOf(url);
            known = Optional.ofNullable(vendor == null && images.namesReader(url) ? UNKNOWN : vendor);
            if (vendors.size() < LINES) {
                vendors.put(url, known);
            }
        }
        return known.orElse(null);
    }

    void removed(String construct) {
        removed(construct, 1);
    }

    void removed(String construct, int times) {
        removed.merge(construct, times, Integer::sum);
    }

    void link(Link link) {
        if (links.size() < LINES) {
            links.add(link);
        }
    }

    public List<RemoteReference> remote() {
        return remote.entrySet().stream()
                .map(entry -> entry.getKey().times(entry.getValue()))
                .toList();
    }

    public List<RemovedConstruct> removed() {
        return removed.entrySet().stream()
                .map(entry -> new RemovedConstruct(entry.getKey(), entry.getValue()))
                .toList();
    }

    public List<Link> links() {
        return links;
    }
}
