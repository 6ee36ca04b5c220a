package org.postern.render.remote;

import com.fasterxml.jackson.annotation.JsonValue;

/** In what form something would be fetched. */
public enum RemoteKind {
    IMAGE("image"),
    CSS("css"),
    FONT("font"),
    MEDIA("media"),
    FRAME("frame"),
    OBJECT("object"),
    SCRIPT("script"),
    LINK_PREFETCH("link-prefetch"),
    REFRESH("refresh"),
    FORM("form"),
    PING("ping"),
    OTHER("other");

    private final String word;

    RemoteKind(String word) {
        this.word = word;
    }

    /** Whether it can be shown through a proxy. */
    public boolean canBeShown() {
        return this == IMAGE;
    }

    /** The word in renditions. */
    @JsonValue
    public String word() {
        return word;
    }
}
