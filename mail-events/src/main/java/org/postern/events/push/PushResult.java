package org.postern.events.push;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How one push went. */
public enum PushResult {
    /** The push service took it. */
    @JsonProperty("delivered")
    DELIVERED("delivered"),

    /** The endpoint is no more; the subscription was removed. */
    @JsonProperty("gone")
    GONE("gone"),

    /** The push service refused it for good. */
    @JsonProperty("refused")
    REFUSED("refused"),

    /** All attempts failed. */
    @JsonProperty("gave-up")
    GAVE_UP("gave-up"),

    /** A result that this version does not know. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    PushResult(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
