package org.postern.message.rest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.postern.edge.problem.ProblemException;
import org.postern.message.intake.InspectedBody;
import org.postern.message.intake.Refusal;
import org.postern.message.intake.RefusedBodyException;
import org.postern.store.BodyTooLargeException;
import org.postern.store.StoreException;

/** The bodies of requests: what may be in them, and what to do with the rest of one that was refused. */
final class Bodies {
    private static final int BUFFER = 16 * 1024;
    private static final long MOST_DRAINED = 64L * 1024 * 1024;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);

    private final long limit;
    private final long headerBlockLimit;

    Bodies(long limit, long headerBlockLimit) {
        this.limit = limit;
        this.headerBlockLimit = headerBlockLimit;
    }

    /** @throws ProblemException where a body of that announced length is too large, before a byte of it is read */
    InspectedBody inspected(InputStream body, long announced) {
        if (announced > limit) {
            throw tooLarge();
        }
        return new InspectedBody(body, announced, headerBlockLimit);
    }

    ProblemException problem(IOException e) {
        return switch (e) {
            case RefusedBodyException refused ->
                RefusalMappers.problem(refused.refusal(), String.valueOf(refused.getMessage()));
            case BodyTooLargeException tooLarge -> tooLarge();
            case StoreException store ->
                new ProblemException(
                                503, "store-unavailable", "The message cannot be stored now; nothing of it was kept.")
                        .withRetryAfter(Duration.ofSeconds(30))
                        .withCause(store);
            // The client is gone, most likely, and nobody reads this.
            case IOException lost ->
                RefusalMappers.problem(Refusal.BODY_TRUNCATED, "The body was not sent to its end.");
        };
    }

    /**
     * Reads what is left of a refused body, within reason: a client that is still sending would see a broken connection
     * and never the refusal.
     */
    static void drain(InputStream body) {
        byte[] buffer = new byte[BUFFER];
        long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
        long drained = 0;
        try {
            int n = 0;
            while (n >= 0 && drained < MOST_DRAINED && System.nanoTime() < end) {
                drained += n;
                n = body.read(buffer);
            }
        } catch (IOException e) {
            // Nobody is there to be answered.
        }
    }

    private ProblemException tooLarge() {
        return RefusalMappers.problem(Refusal.MESSAGE_TOO_LARGE, "The message must have at most " + limit + " bytes.");
    }
}
