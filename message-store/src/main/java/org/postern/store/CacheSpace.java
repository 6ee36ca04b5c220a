package org.postern.store;

/** What a cache is of: each is trimmed for itself, and none has room that another needs. */
public enum CacheSpace {
    /** Images that were fetched for readers. */
    IMAGES(".cache"),
    /** Mails made ready to be read. */
    RENDITIONS(".renditions");

    private final String folder;

    CacheSpace(String folder) {
        this.folder = folder;
    }

    /** The name of its folder in the store: no tenant's, so that nobody takes what lies there for objects. */
    public String folder() {
        return folder;
    }
}
