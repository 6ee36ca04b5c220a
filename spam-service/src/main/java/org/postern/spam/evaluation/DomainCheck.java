package org.postern.spam.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postern.spam.phishing.names.Imitation;
import org.postern.spam.phishing.names.LookAlikes;

/** How many well-known domains are taken for imitations of others. */
final class DomainCheck {
    private DomainCheck() {}

    /** @param list a domain a line, or a rank, a comma and a domain */
    static Map<String, Object> run(LookAlikes lookAlikes, Path list) throws IOException {
        Map<String, String> hits = new LinkedHashMap<>();
        List<String> domains = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            String domain = line.substring(line.lastIndexOf(',') + 1).strip().toLowerCase(Locale.ROOT);
            if (!domain.isEmpty()) {
                domains.add(domain);
                lookAlikes.of(domain).map(Imitation::toString).ifPresent(found -> hits.put(domain, found));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "look-alikes among %d well-known domains: %d (%.2f %%)%n",
                domains.size(),
                hits.size(),
                domains.isEmpty() ? 0 : 100.0 * hits.size() / domains.size());
        hits.forEach((domain, found) -> System.out.println("  " + domain + "  " + found));
        return Map.of("list", list.toString(), "domains", domains.size(), "lookAlikes", hits);
    }
}
