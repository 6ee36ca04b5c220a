package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What is to be done with a message for one recipient. A word this version does not know reads as defer: never as deliver. */
public enum Disposition {
    /** Into the inbox. */
    @JsonProperty("deliver")
    DELIVER("deliver"),

    /** Into the inbox, with a warning for the reader. */
    @JsonProperty("deliver-with-warning")
    DELIVER_WITH_WARNING("deliver-with-warning"),

    /** Into the junk folder. */
    @JsonProperty("junk")
    JUNK("junk"),

    /** Kept here until somebody decides. */
    @JsonProperty("quarantine")
    QUARANTINE("quarantine"),

    /** Refused for good. */
    @JsonProperty("reject")
    REJECT("reject"),

    /** Not decided yet: the sender or caller comes again. */
    @JsonEnumDefaultValue
    @JsonProperty("defer")
    DEFER("defer");

    private final String word;

    Disposition(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
