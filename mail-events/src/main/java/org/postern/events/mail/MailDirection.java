package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way a message goes. */
public enum MailDirection {
    /** From anybody to our users. A direction that this version does not know reads so: it is judged in full. */
    @JsonEnumDefaultValue
    @JsonProperty("inbound")
    INBOUND("inbound"),

    /** From one of our users, whom the mail server authenticated, to anybody. */
    @JsonProperty("outbound")
    OUTBOUND("outbound");

    private final String word;

    MailDirection(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
