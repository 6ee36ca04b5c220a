package org.postern.edge.caller;

/** The roles of the suite, as an access token names them. */
public final class Role {
    /** Hand in mail, and have bytes scanned or assessed. */
    public static final String MAIL_SUBMIT = "mail-submit";

    /** Read what was decided about every message. */
    public static final String MAIL_READ_ALL = "mail-read-all";

    /** Read what was decided about one's own messages. */
    public static final String MAIL_READ_OWN = "mail-read-own";

    /** Read bodies and attachments. */
    public static final String MAIL_CONTENT = "mail-content";

    /** Release and delete what is in quarantine. */
    public static final String QUARANTINE_ADMIN = "quarantine-admin";

    /** Say what a message is, so that the engine learns. */
    public static final String MAIL_TRAIN = "mail-train";

    /** Read and try policies, lists, webhooks and dead letters. */
    public static final String POLICY_ADMIN = "policy-admin";

    /** Have HTML or a mail rendered. */
    public static final String RENDER = "render";

    /** Subscribe a device. */
    public static final String PUSH_SUBSCRIBE = "push-subscribe";

    /** Announce a change of state. */
    public static final String PUSH_PUBLISH = "push-publish";

    /** Revoke a subject or a session. */
    public static final String IDENTITY_ADMIN = "identity-admin";

    private Role() {}
}
