package org.postern.render.remote;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How addresses of images name who reads: by the mail address as it is, in base64, in hexadecimal digits, or by one of its
 * usual sums. An image with such an address tells who opened the mail, whoever serves it.
 */
public final class ReaderNames {
    /** Of nobody. */
    public static final ReaderNames NONE = new ReaderNames(List.of());

    private static final int MOST = 20;
    private static final int SHORTEST = 6;
    private static final List<String> SUMS = List.of("MD5", "SHA-1", "SHA-256");

    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> encoded = new LinkedHashSet<>();

    /** @param addresses of who may read the mail; at most 20 are looked at */
    public ReaderNames(Collection<String> addresses) {
        addresses.stream()
                .filter(address -> address.length() >= SHORTEST && address.indexOf('@') > 0)
                .limit(MOST)
                .forEach(this::add);
    }

    private void add(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        names.add(lower);
        names.add(lower.replace('@', '='));
        for (String spelling : new LinkedHashSet<>(List.of(address, lower))) {
            byte[] bytes = spelling.getBytes(StandardCharsets.UTF_8);
            names.add(HexFormat.of().formatHex(bytes));
            for (String sum : SUMS) {
                names.add(HexFormat.of().formatHex(sum(sum, bytes)));
            }
            String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            // The last characters depend on what follows.
            encoded.add(base64.substring(0, base64.length() - 2));
        }
    }

    private static byte[] sum(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an address names one of them. */
    public boolean isNamedBy(RemoteUrl url) {
        if (names.isEmpty()) {
            return false;
        }
        String plain = url.normal().substring(url.normal().indexOf("://") + 3);
        String lower = decoded(plain).toLowerCase(Locale.ROOT);
        if (names.stream().anyMatch(lower::contains)) {
            return true;
        }
        String base64 = decoded(plain).replace('+', '-').replace('/', '_');
        return encoded.stream().anyMatch(base64::contains);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
