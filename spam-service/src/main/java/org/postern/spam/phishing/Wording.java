package org.postern.spam.phishing;

import java.util.Set;
import org.postern.events.mail.Finding;
import org.postern.spam.FindingWords;
import org.postern.spam.phishing.check.Detection;

/** Puts detections into words, from the bundles {@code phishing/findings*.properties}. */
public final class Wording {
    private final FindingWords words = new FindingWords("phishing.findings");

    /** The codes that have words in a language. */
    public Set<String> codes(String language) {
        return words.keys(language);
    }

    /** The finding of a detection. */
    public Finding finding(Detection detection) {
        return words.finding(detection.code(), detection.code(), detection.severity(), detection.evidence());
    }
}
