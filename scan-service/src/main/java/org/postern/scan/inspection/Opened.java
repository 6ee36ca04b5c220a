package org.postern.scan.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link FormatReader} tells about the content that it looks into. */
public interface Opened {
    /** The packed size of an entry that does not say. */
    long UNKNOWN = -1;

    /**
     * Looks at a body part of a mail.
     *
     * @param place its number in the mail
     */
    void part(String place, Label label, InputStream bytes) throws IOException;

    /** Takes the words of a text that may name a password. */
    void words(String text);

    /**
     * Looks at something inside, as a part of its own.
     *
     * @param label what is said about it; without a name it is called by its number
     * @param bytes unpacked as they are read
     * @param packed bytes of its packed form, or {@link #UNKNOWN}
     * @throws LimitReachedException where the rest is not to be looked at
     * @throws IOException of the stream
     */
    void entry(Label label, InputStream bytes, long packed) throws IOException;

    /** Counts an entry without bytes. */
    void step() throws IOException;

    /** Stops here where the time is over; for what takes long without reading. */
    void tick() throws IOException;

    /** Looks at an entry that the format itself consists of: counted, and not told as a part. */
    void filling(Label label, InputStream bytes, long packed) throws IOException;

    /** Notes an entry by its name alone, where its bytes cannot be had. */
    void unreadableEntry(String name) throws IOException;

    /**
     * Tells a finding about the content.
     *
     * @param code one of the policy
     * @param evidence types, extensions and numbers, no text of the content
     */
    void found(String code, @Nullable String evidence);

    /** Passwords that the mail names, the likeliest first. Not to be told, not to be logged. */
    List<String> passwords();

    /** Tells that a password opened the content: what is inside is now looked at and scanned. */
    void openedWithPassword();

    /** Tells that no password opened the content. */
    void staysEncrypted(String evidence);

    /** The limits. */
    InspectionLimits limits();
}
