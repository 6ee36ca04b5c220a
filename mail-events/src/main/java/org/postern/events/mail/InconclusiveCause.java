package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why there is no answer yet. */
public enum InconclusiveCause {
    /** The engine could not be reached. */
    @JsonProperty("engine-down")
    ENGINE_DOWN("engine-down"),

    /** The deadline was over before the engine answered. */
    @JsonProperty("timed-out")
    TIMED_OUT("timed-out"),

    /** The engine answered something that is not an answer. */
    @JsonProperty("answer-not-understood")
    ANSWER_NOT_UNDERSTOOD("answer-not-understood"),

    /** The body is not in the store, or not what it must be. */
    @JsonProperty("object-unreadable")
    OBJECT_UNREADABLE("object-unreadable"),

    /** A cause that this version does not know. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    InconclusiveCause(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
