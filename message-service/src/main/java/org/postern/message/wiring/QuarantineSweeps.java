package org.postern.message.wiring;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.config.PolicyConfig;
import org.postern.message.config.QuarantineConfig;
import org.postern.message.policy.PolicyInForce;
import org.postern.message.quarantine.KeepMail;
import org.postern.message.yaml.PolicyFile;

/** What is looked for in the quarantine again and again. */
@Startup
@ApplicationScoped
class QuarantineSweeps {
    private static final Logger LOG = Logger.getLogger(QuarantineSweeps.class);

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("quarantine-", 0).daemon().factory());

    QuarantineSweeps(KeepMail keepMail, PolicyFile policy, QuarantineConfig config, PolicyConfig policyConfig) {
        schedule("retention", keepMail::sweep, config.retention().sweepEvery());
        schedule("the policy", () -> policy.reload().ifPresent(QuarantineSweeps::say), policyConfig.reloadEvery());
    }

    private static void say(PolicyInForce inForce) {
        if (inForce.mistake() == null) {
            LOG.infof("policy %s is in force", inForce.version());
        } else {
            LOG.errorf("the policy file is not used, %s stays in force: %s", inForce.version(), inForce.mistake());
        }
    }

    private void schedule(String name, Runnable sweep, Duration every) {
        scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        sweep.run();
                    } catch (LedgerUnavailableException e) {
                        LOG.debugf("the sweep of %s found the database away", name);
                    } catch (RuntimeException e) {
                        LOG.errorf(e, "the sweep of %s failed", name);
                    }
                },
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
