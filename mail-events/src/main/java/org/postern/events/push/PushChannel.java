package org.postern.events.push;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** By what a device is reached. */
public enum PushChannel {
    /** A Web Push endpoint (RFC 8030). */
    @JsonProperty("webpush")
    WEBPUSH("webpush"),

    /** Firebase Cloud Messaging. */
    @JsonProperty("fcm")
    FCM("fcm"),

    /** A channel that this version does not know. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    PushChannel(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
