package org.postern.spam;

import java.io.IOException;
import org.postern.engine.Deadline;
import org.postern.events.mail.FeedbackClass;

/**
 * What can be taught what a mail is. A later word about a mail takes the place of an earlier one: after {@code ham} nothing
 * is left of a {@code spam} that was learned of the same bytes. Repeating a word changes nothing.
 *
 * <p>Safe for use by many threads; blocks.
 */
public interface Learner {
    /** What came of it. */
    enum Lesson {
        /** It is known now that the mail is of the class, and was proven to be. */
        LEARNED,
        /** There is too little in the mail to be learned from. */
        TOO_SHORT,
        /** The engine, or where it keeps what it knows, is away or does not let us in. */
        AWAY,
        /** It did not work, and that may be due to the mail. */
        FAILED
    }

    /**
     * Teaches what a mail is.
     *
     * @param body opened once or twice, and closed
     * @param mailClass spam or ham
     * @param deadline when the answer is {@link Lesson#FAILED}
     * @throws IOException the exception of the body's own stream, unchanged
     */
    Lesson learn(Body body, FeedbackClass mailClass, Deadline deadline) throws IOException, InterruptedException;

    /** Whether a small mail of our own can be taught now. */
    boolean works() throws InterruptedException;
}
