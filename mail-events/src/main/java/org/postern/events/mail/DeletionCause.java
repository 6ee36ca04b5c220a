package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a message was deleted. */
public enum DeletionCause {
    /** Somebody asked for it. */
    @JsonProperty("requested")
    REQUESTED("requested"),

    /** It was kept for as long as its disposition says. */
    @JsonProperty("retention")
    RETENTION("retention"),

    /** Nothing referred to its body. */
    @JsonProperty("orphaned")
    ORPHANED("orphaned"),

    /** A word of a newer version. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    DeletionCause(String word) {
        this.word = word;
    }

    /** The word of it in events. */
    public String word() {
        return word;
    }
}
