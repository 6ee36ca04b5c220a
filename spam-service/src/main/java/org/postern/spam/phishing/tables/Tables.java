package org.postern.spam.phishing.tables;

import java.util.List;
import java.util.Set;
import org.postern.spam.phishing.names.Brands;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.names.LookAlikes;
import org.postern.spam.phishing.names.Redirectors;
import org.postern.spam.phishing.names.ServiceNames;
import org.postern.spam.phishing.phrases.PhraseIndex;
import org.postern.spam.phishing.view.WebAddress;

/**
 * All that the checks know by name.
 *
 * @param freeHosts with a path where only a part of a host is free
 * @param phrases that mean a family, which is the code of a finding
 */
public record Tables(
        Brands brands,
        LookAlikes lookAlikes,
        Redirectors redirectors,
        Set<String> shorteners,
        Set<String> freeHosts,
        List<String> freePaths,
        Set<String> freemail,
        Set<String> cheapTopLevels,
        ServiceNames serviceNames,
        PhraseIndex<String> phrases) {
    public Tables {
        shorteners = Set.copyOf(shorteners);
        freeHosts = Set.copyOf(freeHosts);
        freePaths = List.copyOf(freePaths);
        freemail = Set.copyOf(freemail);
        cheapTopLevels = Set.copyOf(cheapTopLevels);
    }

    /** Whether anybody can open a mailbox there. */
    public boolean isFreemail(String host) {
        return isIn(freemail, host);
    }

    /** Whether a host only forwards to addresses that it does not show. */
    public boolean isShortener(String host) {
        return isIn(shorteners, host);
    }

    /** Whether anybody can put a page there. */
    public boolean isFreeHost(WebAddress address) {
        return isFreeHost(address.host()) || isFreePath(address.host(), address.path());
    }

    private boolean isFreePath(String host, String path) {
        for (String free : freePaths) {
            if (free.startsWith(host) && (host + path).startsWith(free)) {
                return true;
            }
        }
        return false;
    }

    /** Whether anybody can have a name inside of a host. */
    public boolean isFreeHost(String host) {
        return isIn(freeHosts, host);
    }

    /** Whether names there are nearly free. */
    public boolean isCheap(String host) {
        return cheapTopLevels.contains(Domains.topLevel(host));
    }

    /** Whether the name of a host is nothing but words of accounts, parcels and payments. */
    public boolean isServiceName(String host) {
        return serviceNames.isOne(Domains.label(host));
    }

    private static boolean isIn(Set<String> domains, String host) {
        String rest = host;
        while (!domains.contains(rest)) {
            int dot = rest.indexOf('.');
            if (dot < 0) {
                return false;
            }
            rest = rest.substring(dot + 1);
        }
        return true;
    }
}
