package org.postern.message.rest;

import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.verdict.HandOver;

/** Notes a hand-over when, and only when, the answer went out. */
@ApplicationScoped
public class SentAnswers {
    private static final Logger LOG = Logger.getLogger(SentAnswers.class);

    private final HandOver handOver;
    private final ExecutorService executor;

    SentAnswers(HandOver handOver, @VirtualThreads ExecutorService executor) {
        this.handOver = handOver;
        this.executor = executor;
    }

    void handOverWhenSent(MessageRecord message, RoutingContext routing) {
        if (message.awaitsHandOver()) {
            routing.addEndHandler(sent -> {
                if (sent.succeeded()) {
                    executor.execute(() -> handOver(message));
                }
            });
        }
    }

    private void handOver(MessageRecord message) {
        try {
            handOver.sent(message);
        } catch (RuntimeException e) {
            // The next time the verdict is asked for it is noted.
            LOG.warnf("a hand-over could not be noted: %s", e.getClass().getSimpleName());
        }
    }
}
