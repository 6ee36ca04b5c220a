package org.postern.message.digest;

import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What readers see. */
public interface Letters {
    /** The letter, as a mail of ASCII octets with CRLF line ends. */
    byte[] letter(Digest digest, Instant now);

    /**
     * A page of HTML that needs nothing from anywhere.
     *
     * @param message what it is about; null where that is not to be told
     */
    String page(DigestPage page, Language language, @Nullable HeldMessage message);

    /** The subject of a mail as it may be shown; empty where there is none or it cannot be read. */
    String subject(InputStream mail);
}
