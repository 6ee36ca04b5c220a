package org.postern.scan.metrics;

import java.io.IOException;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanResult;
import org.postern.scan.Body;
import org.postern.scan.Scanner;

/** A scanner whose answers are part of the trace of their message. */
public final class TracedScanner implements Scanner {
    private final Scanner scanner;
    private final Tracing tracing;

    public TracedScanner(Scanner scanner, Tracing tracing) {
        this.scanner = scanner;
        this.tracing = tracing;
    }

    @Override
    public ScanResult scan(Body body, Deadline deadline) throws IOException, InterruptedException {
        try (Span span = tracing.engine(scanner.engine())) {
            ScanResult result = scanner.scan(body, deadline);
            span.with(SpanAttribute.RESULT, result.verdict().word());
            return result;
        }
    }

    @Override
    public String engine() {
        return scanner.engine();
    }
}
