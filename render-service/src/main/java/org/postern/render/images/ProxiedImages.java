package org.postern.render.images;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteUrl;

/** Shows the remote images of one mail under signed addresses of the proxy. For one rendering. */
public final class ProxiedImages implements RemoteImages {
    /** Where the proxy answers, before the token. */
    public static final String PATH = "/v1/images/";

    private static final int MOST = 1000;
    private static final String LITERAL = "-._~:/?#[]@!$&()*+,;=%";

    private final ImageTokens tokens;
    private final Tenant tenant;
    private final String origin;
    private final String base;
    private final Map<String, String> addresses = new LinkedHashMap<>();

    /** @param origin of the gateway, such as {@code https://mail.example.org}; empty for addresses without one */
    public ProxiedImages(ImageTokens tokens, Tenant tenant, String origin) {
        this.tokens = tokens;
        this.tenant = tenant;
        this.origin = origin;
        this.base = origin + PATH;
    }

    @Override
    public @Nullable String addressOf(RemoteUrl url) {
        if (!url.scheme().startsWith("http") || url.host().equals(RemoteUrl.INVALID)) {
            return null;
        }
        String address = encoded(url.normal());
        int fragment = address.indexOf('#');
        String bare = fragment < 0 ? address : address.substring(0, fragment);
        String known = addresses.get(bare);
        if (known != null || bare.length() > ImageTokens.LONGEST_URL || addresses.size() >= MOST) {
            return known;
        }
        String own = base + tokens.sign(new ImageAddress(tenant, bare));
        addresses.put(bare, own);
        return own;
    }

    @Override
    public boolean isOwn(String address) {
        return address.startsWith(base) && tokens.isOurs(address.substring(base.length()));
    }

    @Override
    public String policy() {
        return origin.isEmpty() ? "'self'" : origin;
    }

    /** The images that are shown. */
    public List<ImageAddress> shown() {
        return addresses.keySet().stream()
                .map(url -> new ImageAddress(tenant, url))
                .toList();
    }

    /** With percent signs for what has no place in an address (RFC 3986), as browsers send it. */
    private static String encoded(String url) {
        StringBuilder encoded = new StringBuilder(url.length());
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || LITERAL.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
