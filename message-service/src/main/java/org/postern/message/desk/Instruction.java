package org.postern.message.desk;

/** What a mail server is to do with a message. */
public sealed interface Instruction {
    /** To deliver it, changed. */
    record Deliver(Changes changes) implements Instruction {}

    /**
     * To keep it where its administrator can release it. Only where the terms say so.
     *
     * @param reason for the administrator
     */
    record Hold(Changes changes, String reason) implements Instruction {}

    /** To tell its client that all is well and to throw its copy away: we have one. */
    record Discard() implements Instruction {}

    /** To tell its client this, and to deliver nothing: code, enhanced code (RFC 3463), a sentence. */
    record Reply(String text) implements Instruction {}
}
