package org.postern.edge.tracing;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postern.edge.config.TracingConfig;

/** The tracing of a service. */
@ApplicationScoped
public class TracingBeans {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Produces
    @Singleton
    Tracing tracing(TracingConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        if (config.share() < 0 || config.share() > 1) {
            throw new IllegalArgumentException("postern.tracing.share must be from 0 to 1");
        }
        return config.endpoint()
                .map(endpoint -> Tracing.to(processor(endpoint), service, config.share()))
                .orElseGet(Tracing::off);
    }

    void end(@Disposes Tracing tracing) {
        tracing.close();
    }

    /** Bounded, and never waited for: where the collector is away, spans are dropped. */
    private static BatchSpanProcessor processor(URI endpoint) {
        String base = endpoint.toString().replaceFirst("/+$", "");
        return BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                        .setEndpoint(base + "/v1/traces")
                        .setTimeout(PATIENCE)
                        .build())
                .build();
    }
}
