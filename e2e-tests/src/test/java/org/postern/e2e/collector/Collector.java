package org.postern.e2e.collector;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A collector of traces in this process: it takes OTLP over HTTP, as any other does, and keeps what it is told. */
public final class Collector {
    private static final HexFormat HEX = HexFormat.of();

    /**
     * A span as it was told.
     *
     * @param parent the span it belongs to; empty for the first of a trace
     */
    public record Span(String service, String name, String trace, String id, String parent) {}

    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    public static Collector start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Collector collector = new Collector(server);
            server.createContext("/v1/traces", exchange -> {
                try (exchange) {
                    collector.take(exchange.getRequestBody().readAllBytes());
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of a trace that are there by now. */
    public List<Span> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** Everything that was told, byte for byte. */
    public String everything() {
        return String.join("\n", told);
    }

    // Field numbers of opentelemetry-proto 1.x: ExportTraceServiceRequest 1 ResourceSpans (1 Resource (1 KeyValue (1
    // key,
    // 2 AnyValue (1 string))), 2 ScopeSpans (2 Span (1 trace id, 2 span id, 4 parent span id, 5 name))).
    private void take(byte[] body) {
        told.add(new String(body, StandardCharsets.ISO_8859_1));
        for (byte[] resourceSpans : WireFormat.read(body).all(1)) {
            WireFormat inOne = WireFormat.read(resourceSpans);
            String service = WireFormat.read(inOne.one(1)).all(1).stream()
                    .map(WireFormat::read)
                    .filter(attribute -> attribute.text(1).equals("service.name"))
                    .map(attribute -> WireFormat.read(attribute.one(2)).text(1))
                    .findFirst()
                    .orElseThrow();
            inOne.all(2).stream()
                    .flatMap(scope -> WireFormat.read(scope).all(2).stream())
                    .map(WireFormat::read)
                    .map(span -> new Span(
                            service,
                            span.text(5),
                            HEX.formatHex(span.one(1)),
                            HEX.formatHex(span.one(2)),
                            HEX.formatHex(span.one(4))))
                    .forEach(spans::add);
        }
    }
}
