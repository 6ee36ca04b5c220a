package org.postern.spam.phishing.names;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.postern.spam.phishing.view.WebAddress;

/** Services that lead on to an address that is written in their own. */
public final class Redirectors {
    private final List<Redirector> redirectors;

    /**
     * A redirector.
     *
     * @param host it or those inside of it
     * @param path how its path begins; empty for any
     * @param parameters of the query that may hold the target; empty where the path's rest is the target
     * @param protective whether it is there to protect readers, and being used is no sign of anything
     */
    public record Redirector(String host, String path, List<String> parameters, boolean protective) {
        public Redirector {
            parameters = List.copyOf(parameters);
        }

        boolean leads(WebAddress address) {
            // The path first: it is cheap, and rarely the right one.
            if (!address.path().startsWith(path)) {
                return false;
            }
            return host.endsWith(".*")
                    ? Domains.label(address.host()).equals(host.substring(0, host.length() - 2))
                    : Domains.isWithin(address.host(), host);
        }
    }

    public Redirectors(List<Redirector> redirectors) {
        this.redirectors = List.copyOf(redirectors);
    }

    /** The target, where it can be read; nothing is asked or fetched. */
    public Optional<String> targetOf(WebAddress address) {
        for (Redirector redirector : redirectors) {
            Optional<String> target = redirector.leads(address) ? target(redirector, address) : Optional.empty();
            if (target.isPresent()) {
                return target;
            }
        }
        return Optional.empty();
    }

    /** Whether an address uses one that anybody may misuse. */
    public boolean isOpen(WebAddress address) {
        for (Redirector redirector : redirectors) {
            if (!redirector.protective()
                    && redirector.leads(address)
                    && target(redirector, address).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> target(Redirector redirector, WebAddress address) {
        if (redirector.parameters().isEmpty()) {
            return web(address.path().substring(redirector.path().length()));
        }
        for (String pair : address.query().split("&", 50)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && redirector.parameters().contains(pair.substring(0, equals))) {
                Optional<String> target = web(pair.substring(equals + 1));
                if (target.isPresent()) {
                    return target;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> web(String raw) {
        String text = WebAddress.percentDecoded(raw);
        if (text.startsWith("http:") || text.startsWith("https:") || text.startsWith("//")) {
            return Optional.of(text);
        }
        // Bing writes base64url behind two characters; others leave the scheme out.
        if (text.startsWith("a1")) {
            try {
                String decoded = new String(Base64.getUrlDecoder().decode(text.substring(2)), StandardCharsets.UTF_8);
                return decoded.startsWith("http") ? Optional.of(decoded) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        return host.indexOf('.') > 0 && host.chars().allMatch(c -> c == '.' || c == '-' || Character.isLetterOrDigit(c))
                ? Optional.of("https://" + text)
                : Optional.empty();
    }
}
