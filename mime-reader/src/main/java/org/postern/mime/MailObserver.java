package org.postern.mime;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Sees, while a mail is read, what {@link MailContent} does not hold: its own header fields and its files. */
public interface MailObserver {
    /** Sees nothing. */
    MailObserver NONE = new MailObserver() {};

    /**
     * A field of the mail's own header, in the order of the mail.
     *
     * @param name in lower case
     * @param value unfolded, encoded words not decoded; see {@link HeaderText}
     */
    default void field(String name, String value) {}

    /**
     * A part that is not shown as text: attachments, images, texts that want to be attached.
     *
     * @param part its place in the mail, as in IMAP
     * @param name the file name, decoded and safe to show, where it has one
     * @param mediaType what the mail says it is, in lower case without parameters
     * @param decoded its bytes, of which as many are to be read as are wanted; good until the method returns
     */
    default void file(String part, @Nullable String name, String mediaType, InputStream decoded) throws IOException {}
}
