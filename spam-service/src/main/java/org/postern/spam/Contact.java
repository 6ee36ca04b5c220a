package org.postern.spam;

import java.util.Set;
import java.util.TreeSet;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * Somebody who writes to somebody. Personal data: kept as keyed hashes only, and never told.
 *
 * @param tenant whose history it belongs to
 * @param mail by which the contact is made; to that mail, assessed again, the sender is as new as the first time
 * @param domains that the mail is for, at most {@value #MOST_DOMAINS}
 * @param address of the sender, in lower case
 * @param origin where an address with the same name may come from too: the sender's registered domain, and the address itself
 *     where anybody can have one of that domain
 * @param name the words of the sender's name, sorted; empty where it is too short to be somebody's
 */
public record Contact(Tenant tenant, MessageId mail, Set<String> domains, String address, String origin, String name) {
    /** Domains of one mail that count. */
    public static final int MOST_DOMAINS = 20;

    public Contact {
        domains = Set.copyOf(domains.size() <= MOST_DOMAINS ? domains : firstOf(domains));
        if (domains.isEmpty() || address.isEmpty()) {
            throw new IllegalArgumentException("a contact has a sender and a domain that it writes to");
        }
    }

    private static Set<String> firstOf(Set<String> domains) {
        return Set.copyOf(new TreeSet<>(domains).stream().limit(MOST_DOMAINS).toList());
    }

    @Override
    public String toString() {
        return "Contact[hidden]";
    }
}
