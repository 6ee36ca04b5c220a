package org.postern.spam;

import java.io.IOException;
import org.postern.engine.BodyTruncatedException;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;

/**
 * An engine that tells what a mail is and who sent it. What is wrong with the engine is part of the answer, as the class
 * {@code inconclusive} with its cause; what is wrong with the body is an exception. An implementation must say
 * {@code ham} only where the engine assessed the whole mail and verified its sender as far as that can be verified.
 *
 * <p>Safe for use by many threads; blocks.
 */
public interface Assessor {
    /**
     * Assesses a mail.
     *
     * @param mail its body is opened once and closed
     * @param deadline when the answer is {@code inconclusive} because it is late
     * @throws IOException the exception of the body's own stream, unchanged; or {@link BodyTruncatedException}
     * @throws InterruptedException where the thread was interrupted while it waited
     */
    AssessmentResult assess(Mail mail, Deadline deadline) throws IOException, InterruptedException;

    /** The engine's name, for instance {@code rspamd}. */
    String engine();
}
