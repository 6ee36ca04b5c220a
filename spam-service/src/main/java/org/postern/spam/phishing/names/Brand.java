package org.postern.spam.phishing.names;

import java.util.List;

/**
 * Somebody who is imitated.
 *
 * @param name as people know it
 * @param words how a mail names it, each in lower case without accents; several words make one name
 * @param domains that are its own
 * @param common whether the name is a word of everyday language or of other names too, and means the brand only where it stands
 *     alone
 * @param signs whether every mail of it carries a DKIM signature of its own
 */
public record Brand(String name, List<String> words, List<String> domains, boolean common, boolean signs) {
    public Brand {
        words = List.copyOf(words);
        domains = List.copyOf(domains);
    }

    /** Whether a host is its own. */
    public boolean owns(String host) {
        return domains.stream().anyMatch(domain -> Domains.isWithin(host, domain));
    }
}
