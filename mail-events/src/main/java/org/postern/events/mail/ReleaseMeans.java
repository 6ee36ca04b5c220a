package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a message that was held left the quarantine. */
public enum ReleaseMeans {
    /** Handed to a mail server over SMTP. */
    @JsonProperty("smtp")
    SMTP("smtp"),

    /** Given to whoever asked, who delivers it. */
    @JsonProperty("caller")
    CALLER("caller"),

    /** A word of a newer version. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    ReleaseMeans(String word) {
        this.word = word;
    }

    /** The word of it in events. */
    public String word() {
        return word;
    }
}
