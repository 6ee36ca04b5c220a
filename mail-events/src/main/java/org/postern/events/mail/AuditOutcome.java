package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of an act. */
public enum AuditOutcome {
    /** It was done. */
    @JsonProperty("done")
    DONE("done"),

    /** It was not allowed. */
    @JsonProperty("refused")
    REFUSED("refused"),

    /** It could not be done. */
    @JsonEnumDefaultValue
    @JsonProperty("failed")
    FAILED("failed");

    private final String word;

    AuditOutcome(String word) {
        this.word = word;
    }

    /** The word of it in events. */
    public String word() {
        return word;
    }
}
