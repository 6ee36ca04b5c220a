package org.postern.scan.inspection;

import java.io.IOException;
import java.io.InputStream;

/** Takes a mail apart while it passes by. */
@FunctionalInterface
public interface MailOpener {
    /**
     * Tells every part to {@code opened}, and what is wrong with the mail.
     *
     * @throws IOException of the stream or of {@code opened}, unchanged
     */
    void open(InputStream mail, Opened opened) throws IOException;
}
