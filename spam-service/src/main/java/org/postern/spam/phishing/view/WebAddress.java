package org.postern.spam.phishing.view;

import com.ibm.icu.text.IDNA;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An address on the web, read as browsers read it (WHATWG URL): white space inside is nothing, a backslash is a slash, a host
 * may be written as one number, and what stands before an at sign is not the host.
 *
 * @param scheme in lower case
 * @param userInfo what stands before the at sign; empty where nothing does
 * @param host in lower case and ASCII form; dotted numbers for IPv4; empty for schemes without one
 * @param port -1 where it is the scheme's own
 * @param path with its leading slash, still encoded
 * @param query without the question mark; empty where there is none
 * @param fragment without the hash; empty where there is none
 */
public record WebAddress(
        String scheme, String userInfo, String host, int port, String path, String query, String fragment) {
    /** What of an address is looked at, in characters. */
    public static final int LONGEST = 8 * 1024;

    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);

    /** Reads an address; empty where it is relative, or has no host where it needs one. */
    public static Optional<WebAddress> of(String text) {
        String bare = withoutWhiteSpace(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        int colon = bare.indexOf(':');
        if (bare.startsWith("//")) {
            return hierarchical("https", bare.substring(2));
        }
        if (colon < 1 || !isScheme(bare.substring(0, colon))) {
            return Optional.empty();
        }
        String scheme = bare.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = bare.substring(colon + 1);
        return switch (scheme) {
            case "http", "https", "ftp" -> hierarchical(scheme, withoutSlashes(rest));
            default -> Optional.of(new WebAddress(scheme, "", "", -1, rest, "", ""));
        };
    }

    /** Whether it leads to a page. */
    public boolean isWeb() {
        return scheme.equals("http") || scheme.equals("https");
    }

    /** Whether the host is a number instead of a name. */
    public boolean isIpLiteral() {
        return isIpLiteral(host);
    }

    /** Whether a host is a number instead of a name. */
    public static boolean isIpLiteral(String host) {
        return host.startsWith("[") || isDotted(host);
    }

    /** Path, query and fragment with percent encoding undone once. */
    public String decodedTail() {
        String tail = path + (query.isEmpty() ? "" : "?" + query) + (fragment.isEmpty() ? "" : "#" + fragment);
        return percentDecoded(tail);
    }

    /** A text with percent encoding undone; unchanged where it is malformed. */
    public static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Optional<WebAddress> hierarchical(String scheme, String rest) {
        String slashed = rest.replace('\\', '/');
        int end = endOfAuthority(slashed);
        String authority = slashed.substring(0, end);
        int at = authority.lastIndexOf('@');
        String hostAndPort = authority.substring(at + 1);
        int colon = hostAndPort.startsWith("[") ? hostAndPort.indexOf("]:") + 1 : hostAndPort.lastIndexOf(':');
        String host = colon > 0 ? hostAndPort.substring(0, colon) : hostAndPort;
        String ascii = host(percentDecoded(host));
        if (ascii.isEmpty()) {
            return Optional.empty();
        }
        String tail = slashed.substring(end);
        int hash = tail.indexOf('#');
        String beforeHash = hash < 0 ? tail : tail.substring(0, hash);
        int question = beforeHash.indexOf('?');
        return Optional.of(new WebAddress(
                scheme,
                at < 0 ? "" : percentDecoded(authority.substring(0, at)),
                ascii,
                colon > 0 ? port(scheme, hostAndPort.substring(colon + 1)) : -1,
                question < 0 ? beforeHash : beforeHash.substring(0, question),
                question < 0 ? "" : beforeHash.substring(question + 1),
                hash < 0 ? "" : tail.substring(hash + 1)));
    }

    private static int endOfAuthority(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return text.length();
    }

    private static String host(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]") ? host.toLowerCase(Locale.ROOT) : "";
        }
        String name = isPlain(host) ? host : ascii(host);
        while (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return name.length() > 253 || isForbidden(name)
                ? ""
                : HostNumber.dotted(name).orElse(name);
    }

    /** Whether it is its own ASCII form, as most hosts are: letters, digits, and hyphens that mean nothing (RFC 5891). */
    private static boolean isPlain(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
            if (!letter && (c != '-' || host.startsWith("--", i))) {
                return false;
            }
        }
        return true;
    }

    private static String ascii(String host) {
        StringBuilder ascii = new StringBuilder();
        UTS46.nameToASCII(host, ascii, new IDNA.Info());
        return ascii.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isForbidden(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == 0x7f || "/\\@#?:%<>\"^|`{}[]".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDotted(String host) {
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }

    private static int port(String scheme, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        boolean own = (scheme.equals("http") && port == 80) || (scheme.equals("https") && port == 443);
        return own ? -1 : port;
    }

    private static boolean isScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) {
                return false;
            }
        }
        return true;
    }

    private static String withoutWhiteSpace(String text) {
        String stripped = text.strip();
        if (!holdsWhiteSpace(stripped)) {
            return stripped;
        }
        StringBuilder bare = new StringBuilder(stripped.length());
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (c > ' ' && c != 0x7f) {
                bare.append(c);
            } else if (c == ' ') {
                bare.append("%20");
            }
        }
        return bare.toString();
    }

    private static boolean holdsWhiteSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private static String withoutSlashes(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) == '/' || text.charAt(start) == '\\')) {
            start++;
        }
        return text.substring(start);
    }

    @Override
    public String toString() {
        return "WebAddress[hidden]";
    }
}
