package org.postern.message.digest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.postern.events.MailAddress;

/**
 * Who is sent digests, when and in which language.
 *
 * @param domains whose readers are: {@code example.org}, {@code *.example.org} for those below; where there is none nobody is
 * @param origin the scheme, host and port under which readers reach the gateway
 * @param times when, each day
 * @param language where {@code languages} says nothing about a domain
 * @param lookBack how old a message may be to be told of
 * @param most how many messages a letter lists
 */
public record DigestTerms(
        List<String> domains,
        String origin,
        List<LocalTime> times,
        ZoneId zone,
        Language language,
        Map<String, Language> languages,
        Releasable releasable,
        Duration lookBack,
        int most) {
    public DigestTerms {
        domains = List.copyOf(domains);
        times = times.stream().sorted(Comparator.reverseOrder()).toList();
        languages = Map.copyOf(languages);
        if (times.isEmpty()) {
            throw new IllegalArgumentException("digests need a time of day");
        }
    }

    /** Whether that reader is sent digests, and may follow their links. */
    public boolean isFor(MailAddress reader) {
        return domains.stream()
                .anyMatch(domain -> domain.startsWith("*.")
                        ? reader.domain().endsWith(domain.substring(1))
                        : reader.domain().equals(domain));
    }

    /** The language of that reader. */
    public Language languageOf(MailAddress reader) {
        return languages.getOrDefault(reader.domain(), language);
    }

    /** The time that was last to send digests. */
    public Instant slot(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        return times.stream()
                .map(time -> here.toLocalDate().atTime(time).atZone(zone).toInstant())
                .filter(time -> !time.isAfter(now))
                .findFirst()
                .orElseGet(() -> here.toLocalDate()
                        .minusDays(1)
                        .atTime(times.getFirst())
                        .atZone(zone)
                        .toInstant());
    }
}
