package org.postern.render.remote;

import org.jspecify.annotations.Nullable;

/** What becomes of images, of those from elsewhere above all. */
public interface RemoteImages {
    /** The address of ours under which an image is shown, or null where it is not. The same each time. */
    @Nullable String addressOf(RemoteUrl url);

    /**
     * The address of ours under which an image is shown that the mail itself carries, or null where it is shown by value.
     * The same each time.
     *
     * @param part its place in the mail, as in IMAP
     */
    default @Nullable String addressOfPart(String part) {
        return null;
    }

    /** Whether an address is one of ours: given out here, and for an image of this mail or another. */
    boolean isOwn(String address);

    /** Where images come from, as a source of a Content-Security-Policy; empty where none is shown. */
    default String policy() {
        return "";
    }

    /** Whether an address tells who reads, and so is never fetched. */
    default boolean namesReader(RemoteUrl url) {
        return false;
    }

    /** The same for these readers: what names one of them is never fetched. */
    default RemoteImages readBy(ReaderNames readers) {
        RemoteImages images = this;
        return new RemoteImages() {
            @Override
            public @Nullable String addressOf(RemoteUrl url) {
                return images.addressOf(url);
            }

            @Override
            public boolean isOwn(String address) {
                return images.isOwn(address);
            }

            @Override
            public String policy() {
                return images.policy();
            }

            @Override
            public @Nullable String addressOfPart(String part) {
                return images.addressOfPart(part);
            }

            @Override
            public boolean namesReader(RemoteUrl url) {
                return readers.isNamedBy(url);
            }
        };
    }

    /** No remote image is shown. */
    static RemoteImages blocked() {
        return new RemoteImages() {
            @Override
            public @Nullable String addressOf(RemoteUrl url) {
                return null;
            }

            @Override
            public boolean isOwn(String address) {
                return false;
            }
        };
    }
}
