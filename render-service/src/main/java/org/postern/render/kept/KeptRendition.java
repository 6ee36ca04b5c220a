package org.postern.render.kept;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.render.Rendition;
import org.postern.render.remote.RemoteImages;

/**
 * A rendition whose images have no addresses yet: these are made for each who asks.
 *
 * @param rendition with stand-ins for addresses
 * @param mark what each stand-in begins with
 * @param images those the stand-ins stand for, by their numbers
 */
public record KeptRendition(Rendition rendition, String mark, List<ShownImage> images) {
    /** What a stand-in ends with. */
    static final char END = '-';

    public KeptRendition {
        images = List.copyOf(images);
    }

    /** The rendition with addresses of now; nothing where an image has none any more. */
    Optional<Rendition> with(RemoteImages addresses) {
        if (images.isEmpty()) {
            return Optional.of(rendition);
        }
        String html = rendition.html();
        StringBuilder filled = new StringBuilder(html.length() + images.size() * 100);
        int done = 0;
        for (int at = html.indexOf(mark); at >= 0; at = html.indexOf(mark, done)) {
            int end = html.indexOf(END, at + mark.length());
            String address = addressOf(html, at + mark.length(), end, addresses);
            if (address == null) {
                return Optional.empty();
            }
            filled.append(html, done, at).append(address, address.lastIndexOf('/') + 1, address.length());
            done = end + 1;
        }
        return Optional.of(
                rendition.showing(filled.append(html, done, html.length()).toString()));
    }

    private @Nullable String addressOf(String html, int start, int end, RemoteImages addresses) {
        try {
            return images.get(Integer.parseInt(html, start, end, 10)).address(addresses);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return null;
        }
    }
}
