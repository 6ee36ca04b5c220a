package org.postern.events.identity;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What was revoked. */
public enum RevocationScope {
    /** One session at the identity provider: every token with its {@code sid}. */
    @JsonProperty("session")
    SESSION("session"),

    /** Everything a subject was given until then. */
    @JsonProperty("subject")
    SUBJECT("subject"),

    /** One access token (RFC 7009). */
    @JsonProperty("token")
    TOKEN("token"),

    /** A scope that this version does not know. Its identity is refused like any other. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    RevocationScope(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
