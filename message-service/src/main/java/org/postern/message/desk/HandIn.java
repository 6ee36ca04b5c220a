package org.postern.message.desk;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.postern.events.TraceContext;
import org.postern.message.intake.SmtpMail;

/** A message that is being handed in, by a thread of its own, so that whoever waits for it can stop waiting. */
public final class HandIn {
    private static final Logger LOG = Logger.getLogger(HandIn.class);

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private HandIn() {}

    /**
     * Begins.
     *
     * @param body read by the executor's thread as it comes
     * @param ended run when no more of the body will be read, and before the outcome is known
     */
    public static HandIn begin(Desk desk, SmtpMail mail, InputStream body, Executor executor, Runnable ended) {
        HandIn handIn = new HandIn();
        TraceContext trace = TraceContext.start();
        executor.execute(() -> handIn.take(desk, mail, body, trace, ended));
        return handIn;
    }

    private void take(Desk desk, SmtpMail mail, InputStream body, TraceContext trace, Runnable ended) {
        try {
            Outcome result = desk.take(mail, body, trace);
            ended.run();
            outcome.complete(result);
        } catch (InterruptedException e) {
            // The service stops: nothing is answered, and the message comes again.
            Thread.currentThread().interrupt();
            ended.run();
            outcome.completeExceptionally(e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a message could not be taken in");
            ended.run();
            outcome.completeExceptionally(e);
        }
    }

    /** What became of the message: that it has no judgement yet, where that is not known in time. */
    public Outcome outcome(Duration within) throws InterruptedException {
        try {
            return outcome.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return new Outcome.Unjudged(null, Outcome.COME_AGAIN);
        }
    }
}
