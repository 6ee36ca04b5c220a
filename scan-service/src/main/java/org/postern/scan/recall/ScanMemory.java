package org.postern.scan.recall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailEvent;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Signatures;

/**
 * What was said about each message, by which content and with which signatures. Whatever is noted twice is noted once, in
 * whatever order it comes.
 */
public interface ScanMemory {
    /**
     * Notes messages that were received and what was told about them; events of other kinds say nothing here.
     *
     * @throws MemoryAwayException where the memory cannot be reached; nothing is noted then
     */
    void note(List<? extends MailEvent> events, Instant now);

    /** What was last told about a message; empty where nothing was. */
    Optional<Remembered> about(Tenant tenant, MessageId id);

    /** What a body of that content came to with those signatures, whichever message it was; empty where none did. */
    Optional<ScanVerdict> about(ContentHash content, Signatures signatures);

    /** Notes that a message was looked at again and came to this. */
    void noteAgain(MailReceived mail, ScanVerdict verdict, Signatures signatures, Instant now);

    /** Forgets what was noted before then. */
    void forget(Instant before);
}
