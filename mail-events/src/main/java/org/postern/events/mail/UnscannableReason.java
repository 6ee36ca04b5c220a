package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a body cannot be looked into. */
public enum UnscannableReason {
    /** Encrypted with a password that we do not have. */
    @JsonProperty("encrypted")
    ENCRYPTED("encrypted"),

    /** Larger than the scanner takes. */
    @JsonProperty("too-large")
    TOO_LARGE("too-large"),

    /** Nested deeper than the scanner follows. */
    @JsonProperty("too-deep")
    TOO_DEEP("too-deep"),

    /** Grows out of all proportion when unpacked. */
    @JsonProperty("bomb")
    BOMB("bomb"),

    /** Not what its format demands. */
    @JsonProperty("malformed")
    MALFORMED("malformed"),

    /** A format that nobody here can open. */
    @JsonProperty("unsupported")
    UNSUPPORTED("unsupported"),

    /** Another limit of the scanner was reached. */
    @JsonProperty("limit")
    LIMIT("limit"),

    /** A reason that this version does not know. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    UnscannableReason(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
