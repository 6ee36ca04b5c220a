package org.postern.render.remote;

import org.jspecify.annotations.Nullable;

/** What becomes of remote images. */
public interface RemoteImages {
    /** The address of ours under which an image is shown, or null where it is not. The same each time. */
    @Nullable String addressOf(RemoteUrl url);

    /** Whether an address is one of ours: given out here, and for an image of this mail or another. */
    boolean isOwn(String address);

    /** Where images come from, as a source of a Content-Security-Policy; empty where none is shown. */
    default String policy() {
        return "";
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
