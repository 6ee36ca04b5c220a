package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a message came in, and so who gets the answer. */
public enum MailPath {
    /** Through the REST interface. */
    @JsonProperty("rest")
    REST("rest"),

    /** From a mail server, by the milter protocol. */
    @JsonProperty("milter")
    MILTER("milter"),

    /** A path that this version does not know. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    MailPath(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
