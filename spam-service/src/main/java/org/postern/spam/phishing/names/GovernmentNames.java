package org.postern.spam.phishing.names;

import java.util.Set;

/**
 * Names that look like those of a government: its word, such as {@code gov}, where anybody can write it, instead of in the suffix
 * that only governments get names under.
 */
public final class GovernmentNames {
    private static final Set<String> WORDS = Set.of("gov", "govt", "gouv", "gob", "govuk");

    private GovernmentNames() {}

    /** Whether a host is only named like one of a government. */
    public static boolean isImitated(String host) {
        String organisation = Domains.organisation(host);
        String label = Domains.label(host);
        if (WORDS.contains(label)) {
            // gov.si and its like: of a government, and not on the public suffix list.
            return false;
        }
        String inFront = host.substring(0, host.length() - organisation.length());
        return hasWord(inFront) || hasWord(label);
    }

    /** Whether one of the words stands there, between hyphens, dots and ends. */
    private static boolean hasWord(String labels) {
        int begin = 0;
        for (int end = 0; end <= labels.length(); end++) {
            if (end == labels.length() || labels.charAt(end) == '-' || labels.charAt(end) == '.') {
                if (WORDS.contains(labels.substring(begin, end))) {
                    return true;
                }
                begin = end + 1;
            }
        }
        return false;
    }
}
