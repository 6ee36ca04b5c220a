package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a scan for viruses and dangerous attachments came to. A word this version does not know reads as inconclusive: never as clean. */
public enum ScanVerdict {
    /** Everything was scanned, nothing was found. */
    @JsonProperty("clean")
    CLEAN("clean"),

    /** A signature of malware was found. */
    @JsonProperty("infected")
    INFECTED("infected"),

    /** Something dangerous without being known malware: macros, a disguised program. */
    @JsonProperty("suspicious")
    SUSPICIOUS("suspicious"),

    /** Some of it cannot be looked into; the reason is told. */
    @JsonProperty("unscannable")
    UNSCANNABLE("unscannable"),

    /** The engine was down, timed out or gave an answer that was not understood. */
    @JsonEnumDefaultValue
    @JsonProperty("inconclusive")
    INCONCLUSIVE("inconclusive");

    private final String word;

    ScanVerdict(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
