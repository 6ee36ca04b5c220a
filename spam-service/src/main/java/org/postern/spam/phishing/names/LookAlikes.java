package org.postern.spam.phishing.names;

import com.ibm.icu.text.SpoofChecker;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells hosts that only look like those of somebody else. */
public final class LookAlikes {
    private static final SpoofChecker SKELETON = new SpoofChecker.Builder().build();
    /** Shorter names are one letter away from too many others. */
    private static final int SHORTEST_MISSPELT = 7;

    private static final int SHORTEST_JOINED = 5;

    private final Brands brands;
    private final Set<String> lures;
    private final Map<String, Brand> byLabel = new HashMap<>();
    private final Map<String, Brand> bySkeleton = new HashMap<>();

    /** @param lures words that are put beside a name to make it look like a service of it */
    public LookAlikes(Brands brands, Set<String> lures) {
        this.brands = brands;
        this.lures = Set.copyOf(lures);
        for (Brand brand : brands.all()) {
            for (String domain : brand.domains()) {
                String label = Domains.label(domain);
                if (label.length() >= 4 && isName(brand, label)) {
                    byLabel.putIfAbsent(label, brand);
                    bySkeleton.putIfAbsent(SKELETON.getSkeleton(label), brand);
                }
            }
        }
    }

    /** Whether a label is a name of the brand, and not that of one of its products or servers. */
    private static boolean isName(Brand brand, String label) {
        return brand.words().stream().anyMatch(words -> words.replace(" ", "").equals(label.replace("-", "")));
    }

    /** Whom a host imitates; empty where it is nobody, or that brand itself. */
    public Optional<Imitation> of(String host) {
        if (brands.ownerOf(host).isPresent()) {
            return Optional.empty();
        }
        String organisation = Domains.organisation(host);
        String label = Domains.shown(Domains.label(host)).toLowerCase(Locale.ROOT);
        Optional<Imitation> registered = ofLabel(label);
        if (registered.isPresent() || host.length() == organisation.length()) {
            return registered;
        }
        return ofSubdomain(host.substring(0, host.length() - organisation.length() - 1));
    }

    /** Whether a host looks like one of a domain without being of it. */
    public static Optional<Imitation> ofOwn(String host, String own) {
        if (Domains.related(host, own)) {
            return Optional.empty();
        }
        String label = Domains.shown(Domains.label(host)).toLowerCase(Locale.ROOT);
        String name = Domains.label(own);
        if (name.length() < SHORTEST_JOINED || label.equals(name)) {
            return Optional.empty();
        }
        if (SKELETON.getSkeleton(label).equals(SKELETON.getSkeleton(name))) {
            return Optional.of(new Imitation("own-domain", "confusable"));
        }
        return name.length() >= SHORTEST_MISSPELT && Misspelling.isOne(label, name)
                ? Optional.of(new Imitation("own-domain", "misspelt"))
                : Optional.empty();
    }

    private Optional<Imitation> ofLabel(String label) {
        if (byLabel.containsKey(label)) {
            // The very name under another suffix is mostly a branch or an older owner: nothing that is seen here.
            return Optional.empty();
        }
        Brand confusable = bySkeleton.get(SKELETON.getSkeleton(label));
        if (confusable != null) {
            return Optional.of(new Imitation(confusable.name(), "confusable"));
        }
        Optional<Imitation> hyphenated = hyphenated(label);
        return hyphenated.isPresent() ? hyphenated : joinedOrMisspelt(label);
    }

    private Optional<Imitation> hyphenated(String label) {
        List<String> parts = List.of(label.split("-", 12));
        if (parts.size() < 2) {
            return Optional.empty();
        }
        for (String part : parts) {
            Brand brand = byLabel.get(part);
            brand = brand == null ? bySkeleton.get(SKELETON.getSkeleton(part)) : brand;
            if (brand != null && (!brand.common() || parts.stream().anyMatch(lures::contains))) {
                return Optional.of(new Imitation(brand.name(), "hyphenated"));
            }
        }
        return Optional.empty();
    }

    private Optional<Imitation> joinedOrMisspelt(String label) {
        for (Map.Entry<String, Brand> entry : byLabel.entrySet()) {
            String name = entry.getKey();
            if (name.length() >= SHORTEST_JOINED && isJoined(label, name)) {
                return Optional.of(new Imitation(entry.getValue().name(), "joined"));
            }
            if (name.length() >= SHORTEST_MISSPELT && !entry.getValue().common() && Misspelling.isOne(label, name)) {
                return Optional.of(new Imitation(entry.getValue().name(), "misspelt"));
            }
        }
        return Optional.empty();
    }

    private boolean isJoined(String label, String name) {
        int at = label.length() > name.length() ? label.indexOf(name) : -1;
        if (at < 0) {
            return false;
        }
        String before = label.substring(0, at).replace("-", "");
        String after = label.substring(at + name.length()).replace("-", "");
        return (before.isEmpty() || lures.contains(before)) && (after.isEmpty() || lures.contains(after));
    }

    /** A name inside the part that anybody can choose, in front of a domain that is not the brand's. */
    private Optional<Imitation> ofSubdomain(String inFront) {
        String[] labels = inFront.split("\\.", 20);
        for (int i = 0; i < labels.length; i++) {
            String label = Domains.shown(labels[i]).toLowerCase(Locale.ROOT);
            Brand exact = byLabel.get(label);
            if (exact != null && isClaimed(exact, label, labels, i)) {
                return Optional.of(new Imitation(exact.name(), "subdomain"));
            }
            Optional<Imitation> similar = exact == null ? ofLabel(label) : Optional.empty();
            if (similar.isPresent() && !similar.get().how().equals("misspelt")) {
                return Optional.of(new Imitation(similar.get().of(), "subdomain"));
            }
        }
        return Optional.empty();
    }

    /** The brand's whole domain, or its name behind something else: in front of all it may be a partner's page for the brand. */
    private static boolean isClaimed(Brand brand, String label, String[] labels, int at) {
        boolean whole = at + 1 < labels.length && brand.owns(label + "." + labels[at + 1]);
        return whole || (at > 0 && !brand.common());
    }
}
