package org.postern.scan;

import java.io.IOException;
import org.postern.engine.BodyTruncatedException;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanResult;

/**
 * An engine that looks for viruses. What is wrong with the engine is part of the answer, as the verdict
 * {@code inconclusive} with its cause; what is wrong with the body is an exception. An implementation must say
 * {@code clean} only where the engine said so about all the bytes of the body, up to the end of its stream.
 *
 * <p>Safe for use by many threads; blocks.
 */
public interface Scanner {
    /**
     * Scans a body.
     *
     * @param body the bytes, opened once and closed
     * @param deadline when the answer is {@code inconclusive} because it is late
     * @throws IOException the exception of the body's own stream, unchanged; or {@link BodyTruncatedException}
     * @throws InterruptedException where the thread was interrupted while it waited
     */
    ScanResult scan(Body body, Deadline deadline) throws IOException, InterruptedException;

    /** The engine's name, for instance {@code clamav}. */
    String engine();
}
