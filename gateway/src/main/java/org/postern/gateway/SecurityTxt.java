package org.postern.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Whom to tell of a vulnerability (RFC 9116). */
public final class SecurityTxt {
    // The RFC recommends less than a year; a document that is made for each request need not live longer than this.
    private static final Duration VALIDITY = Duration.ofDays(90);

    private final String contact;
    private final String languages;
    private final Clock clock;

    /**
     * The document of this installation.
     *
     * @param contact a {@code mailto:} or {@code https:} address
     * @param languages language tags, with commas between
     * @param clock tells from when on it is valid
     */
    public SecurityTxt(String contact, String languages, Clock clock) {
        this.contact = contact;
        this.languages = languages;
        this.clock = clock;
    }

    /** The document as text. */
    public String text() {
        return "Contact: " + contact + "\nExpires: "
                + clock.instant().plus(VALIDITY).truncatedTo(ChronoUnit.DAYS) + "\nPreferred-Languages: " + languages
                + "\n";
    }
}
