package org.postern.render.remote;

import java.net.IDN;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address with a host, read as browsers read it (WHATWG URL): tabs and line breaks are not there, a backslash is a
 * slash, any number of slashes may follow the scheme, and what begins with two slashes is remote.
 *
 * @param scheme {@code http}, {@code https} or another with a host
 * @param host in lower case and ASCII; {@code invalid} where it is none
 * @param normal the address with exactly two slashes
 */
public record RemoteUrl(String scheme, String host, String normal) {
    /** Stands for a host that is none. */
    public static final String INVALID = "invalid";

    private static final Set<String> SPECIAL = Set.of("http", "https", "ftp", "ws", "wss");
    private static final Pattern HOST = Pattern.compile("[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}]");
    private static final int LONGEST = 8192;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_LABEL = 63;

    /** What is left of a text when what browsers ignore in addresses is taken out. */
    public static String clean(String value) {
        if (isClean(value)) {
            return value;
        }
        StringBuilder clean = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && c != '\n' && c != '\r') {
                clean.append(c);
            }
        }
        int start = 0;
        int end = clean.length();
        while (start < end && clean.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && clean.charAt(end - 1) <= ' ') {
            end--;
        }
        return clean.substring(start, end);
    }

    private static boolean isClean(String value) {
        int length = value.length();
        return (length == 0 || (value.charAt(0) > ' ' && value.charAt(length - 1) > ' '))
                && value.indexOf('\t') < 0
                && value.indexOf('\n') < 0
                && value.indexOf('\r') < 0;
    }

    /** The scheme of a cleaned text in lower case, or null where it has none. */
    public static @Nullable String schemeOf(String clean) {
        int colon = clean.indexOf(':');
        if (colon < 1 || colon > 32) {
            return null;
        }
        for (int i = 0; i < colon; i++) {
            char c = clean.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) {
                return null;
            }
        }
        return clean.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /** The address in a text, or null where the text leads to no host. */
    public static @Nullable RemoteUrl of(String value) {
        String clean = clean(value);
        String scheme = schemeOf(clean);
        String rest;
        if (scheme == null) {
            boolean remote = clean.length() > 1 && isSlash(clean.charAt(0)) && isSlash(clean.charAt(1));
            if (!remote) {
                return null;
            }
            scheme = "https";
            rest = clean;
        } else if (SPECIAL.contains(scheme)) {
            rest = clean.substring(scheme.length() + 1);
        } else {
            return null;
        }
        int start = 0;
        while (start < rest.length() && isSlash(rest.charAt(start))) {
            start++;
        }
        rest = rest.substring(start);
        int end = 0;
        while (end < rest.length() && "/\\?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String host = host(rest.substring(0, end));
        int path = end;
        while (path < rest.length() && "?#".indexOf(rest.charAt(path)) < 0) {
            path++;
        }
        rest = rest.substring(0, path).replace('\\', '/') + rest.substring(path);
        return host.isEmpty() || clean.length() > LONGEST ? null : new RemoteUrl(scheme, host, scheme + "://" + rest);
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    /** Whether a host is as it is written once it is in lower case and ASCII: so are nearly all. */
    private static boolean isPlain(String host) {
        int label = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!letter && (c != '.' || label == 0)) {
                return false;
            }
            label = letter ? label + 1 : 0;
            if (label > LONGEST_LABEL) {
                return false;
            }
        }
        return host.length() <= LONGEST_HOST;
    }

    private static String host(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.lastIndexOf(':');
        if (port >= 0 && port > host.lastIndexOf(']')) {
            host = host.substring(0, port);
        }
        if (host.isEmpty() || isPlain(host)) {
            return host;
        }
        String ascii;
        try {
            ascii = host.startsWith("[") ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return INVALID;
        }
        ascii = ascii.toLowerCase(Locale.ROOT);
        return HOST.matcher(ascii).matches() ? ascii : INVALID;
    }
}
