package org.postern.message.wiring;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import org.postern.message.config.WithdrawalConfig;
import org.postern.message.metrics.CountedWithdrawals;
import org.postern.message.withdrawal.Withdrawals;
import org.postern.message.withdrawal.WorkThroughMailboxes;

/** Looks for copies that are to be withdrawn or restored, where that is done. */
@Startup
@ApplicationScoped
class WithdrawalSweeps {
    private static final Duration COUNT_EVERY = Duration.ofSeconds(30);

    private final Instance<WorkThroughMailboxes> work;
    private final Withdrawals withdrawals;
    private final CountedWithdrawals counted;
    private final WithdrawalConfig config;
    private final Sweeper sweeper = new Sweeper("withdrawals", 2);

    WithdrawalSweeps(
            Instance<WorkThroughMailboxes> work,
            Withdrawals withdrawals,
            CountedWithdrawals counted,
            WithdrawalConfig config) {
        this.work = work;
        this.withdrawals = withdrawals;
        this.counted = counted;
        this.config = config;
    }

    @PostConstruct
    void start() {
        if (config.enabled()) {
            sweeper.schedule("withdrawals", work.get()::sweep, config.sweepEvery());
            sweeper.schedule("waiting withdrawals", () -> counted.waiting(withdrawals.waiting()), COUNT_EVERY);
        }
    }

    @PreDestroy
    void stop() {
        sweeper.close();
    }
}
