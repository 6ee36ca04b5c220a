package org.postern.message.wiring;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.postern.message.config.SiemConfig;
import org.postern.message.kafka.EventTail;
import org.postern.message.outlet.ToldEvent;
import org.postern.message.siem.CefLine;
import org.postern.message.siem.ExportEvents;
import org.postern.message.siem.JsonLine;
import org.postern.message.siem.LineFormat;
import org.postern.message.siem.LineSink;
import org.postern.message.siem.StreamSink;
import org.postern.message.siem.SyslogSink;

/** Follows the topics for a SIEM, where there is one. */
@Startup
@ApplicationScoped
class SiemExport {
    private static final String GROUP = "message-service-siem";

    private final Map<String, Object> broker;
    private final SiemConfig config;
    private final String version;
    private @Nullable LineSink sink;
    private @Nullable EventTail tail;

    SiemExport(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            SiemConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.broker = broker;
        this.config = config;
        this.version = version;
    }

    @PostConstruct
    void start() {
        LineSink opened = sink();
        if (opened != null) {
            sink = opened;
            tail = EventTail.start(
                    broker, GROUP, ToldEvent.leaving(), EventTail.Beginning.LATELY, new ExportEvents(format(), opened));
        }
    }

    private @Nullable LineSink sink() {
        return switch (config.to()) {
            case NONE -> null;
            case STDOUT -> StreamSink.to(System.out);
            case FILE -> StreamSink.toFile(needed(config.file(), "postern.siem.file"));
            case SYSLOG ->
                new SyslogSink(
                        needed(config.host(), "postern.siem.host"),
                        config.port(),
                        config.tls() ? (SSLSocketFactory) SSLSocketFactory.getDefault() : null,
                        config.timeout(),
                        config.hostName());
        };
    }

    private LineFormat format() {
        return switch (config.format()) {
            case JSON -> new JsonLine();
            case CEF -> new CefLine(version);
        };
    }

    private static <T> T needed(Optional<T> setting, String name) {
        return setting.orElseThrow(() -> new IllegalStateException(name + " is needed by postern.siem.to"));
    }

    @PreDestroy
    void stop() {
        if (tail != null) {
            tail.close();
        }
        if (sink != null) {
            sink.close();
        }
    }
}
