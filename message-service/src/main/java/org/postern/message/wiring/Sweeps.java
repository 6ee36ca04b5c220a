package org.postern.message.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.postern.message.SettledClock;
import org.postern.message.config.RelayConfig;
import org.postern.message.outbox.RelayEvents;
import org.postern.message.reception.ReceiveFromMailServer;
import org.postern.message.reception.ReceiveMail;
import org.postern.message.verdict.CollectFacts;

/** What is looked for again and again: deadlines, events left over, keys of yesterday. */
@Startup
@ApplicationScoped
class Sweeps {
    private static final Duration LOOK_AT_CLOCK_EVERY = Duration.ofSeconds(10);

    private final Sweeper sweeper = new Sweeper("sweep", 5);

    Sweeps(
            CollectFacts facts,
            RelayEvents relay,
            ReceiveMail intake,
            ReceiveFromMailServer mailServers,
            SettledClock settled,
            RelayConfig config,
            MeterRegistry registry) {
        Counter missed = Counter.builder("postern.deadline.missed")
                .description("Messages that were judged at their deadline, without every fact")
                .register(registry);
        sweeper.schedule("deadlines", () -> missed.increment(facts.judgeOverdue()), config.deadlinesEvery());
        sweeper.schedule("outbox", relay::sweep, config.sweepEvery());
        sweeper.schedule("intake keys", () -> settled.now().ifPresent(intake::clearKeys), config.clearKeysEvery());
        sweeper.schedule(
                "tries of mail servers",
                () -> settled.now().ifPresent(mailServers::clearTries),
                config.clearKeysEvery());
        // So that a jump is seen that is set right again before anybody else looks.
        sweeper.schedule("the clock", settled::now, LOOK_AT_CLOCK_EVERY);
    }

    @PreDestroy
    void stop() {
        sweeper.close();
    }
}
