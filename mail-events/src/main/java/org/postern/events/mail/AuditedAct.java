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

    /** Took the delivered copies of a recalled message out of the mailbox of one recipient. */
    @JsonProperty("copies-withdrawn")
    COPIES_WITHDRAWN("copies-withdrawn"),

    /** Gave copies that were taken away back to the mailbox of one recipient. */
    @JsonProperty("copies-restored")
    COPIES_RESTORED("copies-restored"),

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

    /** Logged in with a browser. */
    @JsonProperty("logged-in")
    LOGGED_IN("logged-in"),

    /** Logged out, here or at the identity provider. */
    @JsonProperty("logged-out")
    LOGGED_OUT("logged-out"),

    /** Had the tokens of somebody, or one, refused from then on. */
    @JsonProperty("identity-revoked")
    IDENTITY_REVOKED("identity-revoked"),

    /** Made a call that was not let in. */
    @JsonProperty("call-refused")
    CALL_REFUSED("call-refused"),

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
