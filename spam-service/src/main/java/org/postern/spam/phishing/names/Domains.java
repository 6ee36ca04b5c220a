package org.postern.spam.phishing.names;

import com.google.common.net.InternetDomainName;
import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What of a host name belongs to one organisation, by the public suffix list. */
public final class Domains {
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);

    /** Mails name the same hosts again and again, and the list is slow to ask. Emptied when it is full. */
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private static final int MOST_KNOWN = 4_000;
    private static final int LONGEST_KNOWN = 64;

    private Domains() {}

    /** The domain that was registered; the host itself where it is a suffix, a number or no name. In lower case. */
    public static String organisation(String host) {
        String known = KNOWN.get(host);
        if (known != null) {
            return known;
        }
        String organisation = lookUp(host.toLowerCase(Locale.ROOT));
        if (host.length() <= LONGEST_KNOWN) {
            if (KNOWN.size() >= MOST_KNOWN) {
                KNOWN.clear();
            }
            KNOWN.put(host, organisation);
        }
        return organisation;
    }

    private static String lookUp(String name) {
        try {
            InternetDomainName domain = InternetDomainName.from(name);
            if (domain.isUnderPublicSuffix()) {
                return domain.topPrivateDomain().toString();
            }
            return domain.isPublicSuffix() || domain.hasPublicSuffix() ? name : lastTwo(name);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /** The rule of the list for a suffix that it does not know. */
    private static String lastTwo(String name) {
        int last = name.lastIndexOf('.');
        int before = last < 1 ? -1 : name.lastIndexOf('.', last - 1);
        return name.substring(before + 1);
    }

    /** Whether a host is a domain that somebody registered, or inside of one. */
    public static boolean isRegistrable(String host) {
        try {
            return InternetDomainName.from(host).isUnderPublicSuffix();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The first label of the registered domain: {@code example} of {@code www.example.co.uk}. */
    public static String label(String host) {
        String organisation = organisation(host);
        int dot = organisation.indexOf('.');
        return dot < 0 ? organisation : organisation.substring(0, dot);
    }

    /** The last label. */
    public static String topLevel(String host) {
        return host.substring(host.lastIndexOf('.') + 1);
    }

    /** Whether two hosts are of one organisation. */
    public static boolean related(String one, String other) {
        return organisation(one).equals(organisation(other));
    }

    /** Whether a host is that domain or inside of it. */
    public static boolean isWithin(String host, String domain) {
        return host.equals(domain)
                || (host.length() > domain.length()
                        && host.endsWith(domain)
                        && host.charAt(host.length() - domain.length() - 1) == '.');
    }

    /** A label in the letters its reader sees. */
    public static String shown(String label) {
        if (!label.startsWith("xn--")) {
            return label;
        }
        StringBuilder unicode = new StringBuilder();
        UTS46.labelToUnicode(label, unicode, new IDNA.Info());
        return unicode.toString();
    }
}
