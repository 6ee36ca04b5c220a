package org.postern.gateway.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.events.RecipientHashKey;
import org.postern.gateway.audit.AuditLog;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.config.RecipientsConfig;

/** The trail of logins, logouts and refusals. */
@ApplicationScoped
public class AuditBeans {
    private static final Logger LOG = Logger.getLogger(AuditBeans.class);

    @Produces
    @Singleton
    AuditTrail trail(AuditLog log, RecipientsConfig config, MeterRegistry meters) {
        AuditTrail trail = new AuditTrail(log, key(config), Clock.systemUTC());
        FunctionCounter.builder("postern.gateway.audit.untold", trail, AuditTrail::untold)
                .description("Refusals that were too many to be told one by one")
                .register(meters);
        return trail;
    }

    private static @Nullable RecipientHashKey key(RecipientsConfig config) {
        if (config.keyFile().isEmpty()) {
            LOG.warn("audit events do not tell people apart: postern.recipients.key-file is not set");
            return null;
        }
        Path file = config.keyFile().get();
        try {
            return RecipientHashKey.ofBase64(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("postern.recipients.key-file cannot be read: " + file, e);
        }
    }
}
