package org.postern.mime;

import java.io.IOException;
import java.io.InputStream;

/** Is shown every part of a mail, in the order of the mail. */
public interface MailPartVisitor {
    /** The subject of the mail, decoded; before all parts, and not called where there is none. */
    default void subject(String subject) throws IOException {}

    /**
     * A part without parts of its own; a mail inside the mail ({@code message/rfc822}) is one.
     *
     * @param decoded its bytes after transfer decoding, good until this returns
     */
    void part(MailPart part, InputStream decoded) throws IOException;
}
