package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody says a mail is. A word this version does not know reads as unrecognised, of which nothing is learned. */
public enum FeedbackClass {
    /** Unwanted, phishing included. */
    @JsonProperty("spam")
    SPAM("spam"),

    /** Wanted. */
    @JsonProperty("ham")
    HAM("ham"),

    /** A word of a newer version. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    FeedbackClass(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
