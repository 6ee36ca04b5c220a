package org.postern.message.wiring;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.postern.message.config.DigestConfig;
import org.postern.message.config.PolicyConfig;
import org.postern.message.config.QuarantineConfig;
import org.postern.message.digest.DigestUnsentException;
import org.postern.message.digest.SendDigests;
import org.postern.message.policy.PolicyInForce;
import org.postern.message.quarantine.KeepMail;
import org.postern.message.yaml.PolicyFile;

/** What is looked for in the quarantine again and again. */
@Startup
@ApplicationScoped
class QuarantineSweeps {
    private static final Logger LOG = Logger.getLogger(QuarantineSweeps.class);

    private final Sweeper sweeper = new Sweeper("quarantine", 3);

    QuarantineSweeps(
            KeepMail keepMail,
            PolicyFile policy,
            SendDigests digests,
            QuarantineConfig config,
            PolicyConfig policyConfig,
            DigestConfig digestConfig) {
        sweeper.schedule("retention", keepMail::sweep, config.retention().sweepEvery());
        sweeper.schedule(
                "the policy", () -> policy.reload().ifPresent(QuarantineSweeps::say), policyConfig.reloadEvery());
        sweeper.schedule("the digests", () -> send(digests), digestConfig.sweepEvery());
    }

    private static void send(SendDigests digests) {
        try {
            digests.sweep();
        } catch (DigestUnsentException e) {
            LOG.warn("digests wait: the mail server takes none now; see postern.digest.host");
        }
    }

    private static void say(PolicyInForce inForce) {
        if (inForce.mistake() == null) {
            LOG.infof("policy %s is in force", inForce.version());
        } else {
            LOG.errorf("the policy file is not used, %s stays in force: %s", inForce.version(), inForce.mistake());
        }
    }

    @PreDestroy
    void stop() {
        sweeper.close();
    }
}
