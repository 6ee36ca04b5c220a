package org.postern.spam.phishing.names;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postern.spam.phishing.phrases.NumberedWords;
import org.postern.spam.phishing.phrases.Phrase;
import org.postern.spam.phishing.phrases.PhraseIndex;

/** The brands that are known, and how texts and hosts name them. */
public final class Brands {
    /** Words that stand beside the name of a common word where that is the brand: "Apple Support". */
    private static final Set<String> BESIDE = Set.of(
            "support",
            "security",
            "service",
            "services",
            "team",
            "account",
            "accounts",
            "billing",
            "payment",
            "payments",
            "notification",
            "notifications",
            "alert",
            "alerts",
            "customer",
            "care",
            "help",
            "helpdesk",
            "online",
            "id",
            "bank",
            "banking",
            "delivery",
            "express",
            "info",
            "update",
            "no",
            "reply",
            "noreply",
            "client",
            "clients",
            "kundenservice",
            "sicherheit",
            "konto",
            "securite",
            "compte",
            "seguridad",
            "cuenta",
            "servizio",
            "sicurezza",
            "inc",
            "com",
            "the",
            "from",
            "and",
            "your",
            "my",
            "mail",
            "verification",
            "center",
            "centre",
            "department",
            "group");

    private final List<Brand> brands;
    /** The first brand of each domain that is one's own. */
    private final Map<String, Integer> byDomain = new HashMap<>();

    private final PhraseIndex<Brand> distinct;
    private final PhraseIndex<Brand> all;

    public Brands(List<Brand> brands) {
        this.brands = List.copyOf(brands);
        for (int i = 0; i < this.brands.size(); i++) {
            int brand = i;
            this.brands.get(i).domains().forEach(domain -> byDomain.putIfAbsent(domain, brand));
        }
        this.distinct = index(this.brands.stream().filter(brand -> !brand.common()));
        this.all = index(this.brands.stream());
    }

    private static PhraseIndex<Brand> index(Stream<Brand> brands) {
        PhraseIndex.Builder<Brand> builder = PhraseIndex.builder();
        brands.forEach(brand -> brand.words().forEach(words -> builder.add(Phrase.parse(words), brand)));
        return builder.build();
    }

    /** All of them. */
    public List<Brand> all() {
        return brands;
    }

    /** Whose own host it is; the first of them where a domain inside of another has an owner of its own. */
    public Optional<Brand> ownerOf(String host) {
        int first = brands.size();
        int dot = -1;
        do {
            first = Math.min(first, byDomain.getOrDefault(host.substring(dot + 1), first));
            dot = host.indexOf('.', dot + 1);
        } while (dot >= 0);
        return first < brands.size() ? Optional.of(brands.get(first)) : Optional.empty();
    }

    /** The brands whose names stand in a text and mean nothing else. */
    public List<Brand> namedIn(NumberedWords words) {
        return distinct.in(words);
    }

    /**
     * The brands that a short text such as a display name claims to be: a common word counts only where nothing stands
     * beside it that would make it another name.
     */
    public List<Brand> claimedBy(NumberedWords words) {
        List<Brand> named = all.in(words);
        return named.stream()
                .filter(brand -> !brand.common() || standsAlone(brand, words.byNumber()))
                .toList();
    }

    private static boolean standsAlone(Brand brand, List<String> words) {
        return words.stream()
                .allMatch(word -> BESIDE.contains(word)
                        || brand.words().stream()
                                .anyMatch(name -> List.of(name.split(" ")).contains(word)));
    }
}
