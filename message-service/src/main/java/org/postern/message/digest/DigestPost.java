package org.postern.message.digest;

import org.postern.events.MailAddress;

/** Takes letters to readers. */
@FunctionalInterface
public interface DigestPost {
    /**
     * Hands a letter over. Blocks, within the time configured. The sender of the envelope is null: nobody answers a letter.
     *
     * @return false where the mail server will never take it
     */
    boolean send(MailAddress to, byte[] letter) throws DigestUnsentException;
}
