package org.postern.render.remote;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where links through known redirectors lead in the end, where their own addresses say it. Nothing is asked or fetched. */
public final class Redirectors {
    private static final int DEEPEST = 4;

    private final List<Redirector> redirectors;

    /**
     * A service that leads on.
     *
     * @param host the host and everything under it
     * @param path how its path begins
     * @param parameters of the query that may hold the target; without any, what follows the path is the target
     * @param coding how the target is written
     * @param source where it can be looked up
     */
    public record Redirector(String host, String path, List<String> parameters, Coding coding, String source) {
        public Redirector {
            parameters = List.copyOf(parameters);
        }

        boolean leads(String hostOfUrl, String rest) {
            int under = hostOfUrl.length() - host.length();
            boolean its = hostOfUrl.endsWith(host) && (under == 0 || hostOfUrl.charAt(under - 1) == '.');
            return its && rest.startsWith(path);
        }
    }

    /** How a target is written. */
    public enum Coding {
        /** With percent signs (RFC 3986). */
        PERCENT,
        /** With percent signs, the scheme left out. */
        PERCENT_WITHOUT_SCHEME,
        /** {@code -} for the percent sign and {@code _} for the slash. */
        DASHES,
        /** As it is, between {@code __} and {@code __;}. */
        UNDERSCORES,
        /** In base64url after two characters. */
        BASE64
    }

    public Redirectors(List<Redirector> redirectors) {
        this.redirectors = List.copyOf(redirectors);
    }

    /** The last target that can be read, or null where the address is none of a redirector. */
    public @Nullable RemoteUrl targetOf(RemoteUrl url) {
        RemoteUrl target = null;
        RemoteUrl next = next(url);
        for (int i = 0; i < DEEPEST && next != null; i++) {
            target = next;
            next = next(target);
        }
        return target;
    }

    private @Nullable RemoteUrl next(RemoteUrl url) {
        String normal = url.normal();
        int slash = normal.indexOf('/', normal.indexOf("://") + 3);
        String rest = slash < 0 ? "/" : normal.substring(slash);
        for (Redirector redirector : redirectors) {
            if (redirector.leads(url.host(), rest)) {
                RemoteUrl target = target(redirector, rest);
                if (target != null
                        && target.scheme().startsWith("http")
                        && !target.host().equals(RemoteUrl.INVALID)) {
                    return target;
                }
            }
        }
        return null;
    }

    private static @Nullable RemoteUrl target(Redirector redirector, String rest) {
        if (redirector.parameters().isEmpty()) {
            return decoded(redirector.coding(), rest.substring(redirector.path().length()));
        }
        int question = rest.indexOf('?');
        for (String pair :
                question < 0 ? new String[0] : rest.substring(question + 1).split("[&#]", 60)) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && redirector
                            .parameters()
                            .contains(pair.substring(0, equals).toLowerCase(Locale.ROOT))) {
                RemoteUrl target = decoded(redirector.coding(), pair.substring(equals + 1));
                if (target != null) {
                    return target;
                }
            }
        }
        return null;
    }

    private static @Nullable RemoteUrl decoded(Coding coding, String text) {
        try {
            return switch (coding) {
                case PERCENT -> RemoteUrl.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
                case PERCENT_WITHOUT_SCHEME -> {
                    String plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
                    yield RemoteUrl.of(plain.contains("://") ? plain : "https://" + plain);
                }
                case DASHES ->
                    RemoteUrl.of(URLDecoder.decode(text.replace('-', '%').replace('_', '/'), StandardCharsets.UTF_8));
                case UNDERSCORES -> {
                    int end = text.indexOf("__");
                    yield end < 0 ? null : RemoteUrl.of(text.substring(0, end));
                }
                case BASE64 ->
                    text.length() < 3
                            ? null
                            : RemoteUrl.of(new String(
                                    Base64.getUrlDecoder().decode(text.substring(2)), StandardCharsets.UTF_8));
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
