package org.postern.render.cleaning;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.render.remote.RemoteUrl;

/** The addresses in a document, made whole as the document says. What stands there often is looked at once. */
final class DocumentAddresses {
    private static final int REMEMBERED = 1000;

    private final @Nullable String base;
    private final Map<String, Whole> known = new HashMap<>();

    /** An address made whole, and where it leads. */
    private record Whole(String address, @Nullable RemoteUrl url) {}

    /** @param base what the document says that its addresses begin with, where it does */
    DocumentAddresses(@Nullable String base) {
        RemoteUrl url = base == null ? null : RemoteUrl.of(base);
        this.base = url == null ? null : url.normal();
    }

    /** Where an address as it is written leads, or null where it leads to no host. */
    @Nullable RemoteUrl urlOf(String written) {
        return whole(written).url();
    }

    /** An address as it is written, cleaned and made whole. */
    String resolve(String written) {
        return whole(written).address();
    }

    private Whole whole(String written) {
        Whole whole = known.get(written);
        if (whole == null) {
            String address = resolved(RemoteUrl.clean(written));
            whole = new Whole(address, RemoteUrl.of(address));
            if (known.size() < REMEMBERED) {
                known.put(written, whole);
            }
        }
        return whole;
    }

    private String resolved(String address) {
        if (base == null || address.isEmpty() || RemoteUrl.schemeOf(address) != null || address.startsWith("#")) {
            return address;
        }
        try {
            return URI.create(base).resolve(address).toString();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
