package org.postern.engine.shutdown;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postern.engine.Pause;

/** Pauses that end when the service stops: what waited for its engine comes again from Kafka. */
@ApplicationScoped
public class StoppablePause implements Pause {
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void pause(Duration time) throws InterruptedException {
        if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the service stops");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }
}
