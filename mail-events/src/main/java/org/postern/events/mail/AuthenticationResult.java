package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The result words of RFC 8601, section 2.7. A word this version does not know reads as temperror: could not verify. */
public enum AuthenticationResult {
    /** There was nothing to verify. */
    @JsonProperty("none")
    NONE("none"),

    /** Verified. */
    @JsonProperty("pass")
    PASS("pass"),

    /** Verified, and it does not hold. */
    @JsonProperty("fail")
    FAIL("fail"),

    /** The domain says: probably not one of ours (SPF). */
    @JsonProperty("softfail")
    SOFTFAIL("softfail"),

    /** The domain says nothing either way. */
    @JsonProperty("neutral")
    NEUTRAL("neutral"),

    /** Verified, and refused for a local reason. */
    @JsonProperty("policy")
    POLICY("policy"),

    /** Could not verify now; another try may. */
    @JsonEnumDefaultValue
    @JsonProperty("temperror")
    TEMPERROR("temperror"),

    /** Can never be verified as published. */
    @JsonProperty("permerror")
    PERMERROR("permerror");

    private final String word;

    AuthenticationResult(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
