package org.postern.render.kept;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteUrl;

/**
 * Shows images under addresses that mean nothing, in place of those that would be signed, expire, and name the mail: what is
 * kept has none of these. For one rendering.
 */
final class StandIns implements RemoteImages {
    private final RemoteImages images;
    private final String mark;
    private final List<ShownImage> shown = new ArrayList<>();
    private final Map<String, String> byAddress = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    /**
     * @param images what becomes of images
     * @param mark stands in every address that is given out; nobody can have written it into the mail
     */
    StandIns(RemoteImages images, String mark) {
        this.images = images;
        this.mark = mark;
    }

    /** The images that were given addresses, in the order of their numbers. */
    List<ShownImage> shown() {
        return shown;
    }

    @Override
    public @Nullable String addressOf(RemoteUrl url) {
        String address = images.addressOf(url);
        return address == null ? null : standIn(address, new ShownImage(url, null));
    }

    @Override
    public @Nullable String addressOfPart(String part) {
        String address = images.addressOfPart(part);
        return address == null ? null : standIn(address, new ShownImage(null, part));
    }

    /** With the place of the address, and with letters that need no other spelling wherever they are written. */
    private String standIn(String address, ShownImage image) {
        return byAddress.computeIfAbsent(address, its -> {
            String standIn = its.substring(0, its.lastIndexOf('/') + 1) + mark + shown.size() + KeptRendition.END;
            shown.add(image);
            given.add(standIn);
            return standIn;
        });
    }

    @Override
    public boolean isOwn(String address) {
        return given.contains(address) || images.isOwn(address);
    }

    @Override
    public String policy() {
        return images.policy();
    }

    @Override
    public boolean namesReader(RemoteUrl url) {
        return images.namesReader(url);
    }
}
