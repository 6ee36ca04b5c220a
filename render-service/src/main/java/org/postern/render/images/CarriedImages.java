package org.postern.render.images;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.ObjectReference;
import org.postern.render.remote.ReaderNames;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteUrl;

/** Shows the images that a stored mail carries under signed addresses, and others as it is told. For one rendering. */
public final class CarriedImages implements RemoteImages {
    private final PartTokens tokens;
    private final ObjectReference mail;
    private final String origin;
    private final RemoteImages others;
    private final Set<String> given = new HashSet<>();

    /**
     * @param mail that is rendered
     * @param origin of the gateway; empty for addresses without one
     * @param others what becomes of remote images
     */
    public CarriedImages(PartTokens tokens, ObjectReference mail, String origin, RemoteImages others) {
        this.tokens = tokens;
        this.mail = mail;
        this.origin = origin;
        this.others = others;
    }

    @Override
    public String addressOfPart(String part) {
        String address = origin + ProxiedImages.PATH + tokens.sign(new PartAddress(mail, part));
        given.add(address);
        return address;
    }

    @Override
    public @Nullable String addressOf(RemoteUrl url) {
        return others.addressOf(url);
    }

    /** Those given out for this mail alone: none that a mail brought with it shows another. */
    @Override
    public boolean isOwn(String address) {
        return given.contains(address) || others.isOwn(address);
    }

    @Override
    public String policy() {
        return given.isEmpty() || !others.policy().isEmpty() ? others.policy() : origin.isEmpty() ? "'self'" : origin;
    }

    @Override
    public boolean namesReader(RemoteUrl url) {
        return others.namesReader(url);
    }

    @Override
    public RemoteImages readBy(ReaderNames readers) {
        return new CarriedImages(tokens, mail, origin, others.readBy(readers));
    }
}
