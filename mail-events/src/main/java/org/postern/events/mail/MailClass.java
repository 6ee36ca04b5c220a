package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a mail was assessed to be. A word this version does not know reads as inconclusive: never as ham. */
public enum MailClass {
    /** A wanted mail, as far as can be told. */
    @JsonProperty("ham")
    HAM("ham"),

    /** Something is odd; the findings say what. */
    @JsonProperty("suspicious")
    SUSPICIOUS("suspicious"),

    /** Unsolicited bulk mail. */
    @JsonProperty("spam")
    SPAM("spam"),

    /** It tries to pass for somebody else to get at something. */
    @JsonProperty("phishing")
    PHISHING("phishing"),

    /** The engine was down, timed out or gave an answer that was not understood. */
    @JsonEnumDefaultValue
    @JsonProperty("inconclusive")
    INCONCLUSIVE("inconclusive");

    private final String word;

    MailClass(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
