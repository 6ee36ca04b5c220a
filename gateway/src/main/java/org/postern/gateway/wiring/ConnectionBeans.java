package org.postern.gateway.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.postern.gateway.config.GatewayConfig;
import org.postern.gateway.connection.HeadDeadline;

/** Tells what watches connections how long to wait. */
@ApplicationScoped
public class ConnectionBeans {
    private static final Logger LOG = Logger.getLogger(ConnectionBeans.class);

    void start(@Observes StartupEvent event, GatewayConfig config, MeterRegistry meters) {
        HeadDeadline.set(config.headTimeout());
        // By the class, which stays: Netty makes the object.
        FunctionCounter.builder("postern.gateway.heads.missed", HeadDeadline.class, ignored -> HeadDeadline.missed())
                .description("Connections closed since the head of a request took too long")
                .register(meters);
        if (!HeadDeadline.ON.equals(System.getProperty(HeadDeadline.SWITCH))) {
            LOG.warnf(
                    "heads of requests may take any time: started without -D%s=%s",
                    HeadDeadline.SWITCH, HeadDeadline.ON);
        }
    }
}
