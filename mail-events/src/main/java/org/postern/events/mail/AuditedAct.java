package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody did, or tried to do. */
public enum AuditedAct {
    /** Read the body or an attachment of a message. */
    @JsonProperty("message-read")
    MESSAGE_READ("message-read"),

    /** Released a message. */
    @JsonProperty("message-released")
    MESSAGE_RELEASED("message-released"),

    /** Deleted a message. */
    @JsonProperty("message-deleted")
    MESSAGE_DELETED("message-deleted"),

    /** Had a message scanned again. */
    @JsonProperty("message-rescanned")
    MESSAGE_RESCANNED("message-rescanned"),

    /** Said what a message is. */
    @JsonProperty("message-classified")
    MESSAGE_CLASSIFIED("message-classified"),

    /** Tried a policy on the messages of the past. */
    @JsonProperty("policy-tried")
    POLICY_TRIED("policy-tried"),

    /** A changed policy file took effect, or did not. */
    @JsonProperty("policy-changed")
    POLICY_CHANGED("policy-changed"),

    /** Changed an allow or block list. */
    @JsonProperty("list-changed")
    LIST_CHANGED("list-changed"),

    /** Changed a webhook. */
    @JsonProperty("webhook-changed")
    WEBHOOK_CHANGED("webhook-changed"),

    /** Had dead letters delivered again. */
    @JsonProperty("dead-letters-redriven")
    DEAD_LETTERS_REDRIVEN("dead-letters-redriven"),

    /** A word of a newer version. */
    @JsonEnumDefaultValue
    @JsonProperty("unrecognised")
    UNRECOGNISED("unrecognised");

    private final String word;

    AuditedAct(String word) {
        this.word = word;
    }

    /** The word of it in events. */
    public String word() {
        return word;
    }
}
