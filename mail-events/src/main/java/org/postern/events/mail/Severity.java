package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How bad a finding is. A word this version does not know reads as high. */
public enum Severity {
    /** Worth knowing. */
    @JsonProperty("info")
    INFO("info"),

    /** A little unusual. */
    @JsonProperty("low")
    LOW("low"),

    /** A reason for care. */
    @JsonProperty("medium")
    MEDIUM("medium"),

    /** A reason not to trust the message. */
    @JsonEnumDefaultValue
    @JsonProperty("high")
    HIGH("high"),

    /** Known to do harm. */
    @JsonProperty("critical")
    CRITICAL("critical");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
