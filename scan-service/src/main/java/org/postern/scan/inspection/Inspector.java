package org.postern.scan.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.postern.engine.Deadline;
import org.postern.scan.Body;

/** Looks into bodies. Safe for use by many threads. */
final class Inspector {
    private final Tools tools;

    Inspector(Tools tools) {
        this.tools = tools;
    }

    /**
     * Looks into a body; a second time, with the passwords that the whole mail names, where something in it is encrypted.
     *
     * @param engine scans what a password opened
     * @throws IOException where the body cannot be read, unchanged; or there is no room to look into it
     */
    Inspection look(Body body, PartScan engine, Deadline deadline) throws IOException {
        Inspection first = once(body, List.of(), engine, deadline);
        boolean again = first.encrypted() > 0 && !first.passwords().isEmpty() && !deadline.isOver();
        return again ? once(body, first.passwords(), engine, deadline) : first;
    }

    /** Finds the parts that the engine calls infected when it sees them by themselves. */
    List<Seen> locate(Body body, PartScan engine, Deadline deadline) throws IOException {
        try (InputStream bytes = body.open()) {
            return new InfectedParts(tools, engine, deadline).in(bytes, label(body));
        }
    }

    /** What the engine says of each part by itself, but for those that a password opened. */
    List<Seen> besides(Set<String> opened, Body body, PartScan engine, Deadline deadline) throws IOException {
        try (InputStream bytes = body.open()) {
            return new RemainingParts(tools, engine, opened, deadline).in(bytes, label(body));
        }
    }

    private Inspection once(Body body, List<String> passwords, PartScan engine, Deadline deadline) throws IOException {
        try (InputStream bytes = body.open()) {
            return new Walk(tools, passwords, engine, deadline).through(bytes, label(body));
        }
    }

    private static Label label(Body body) {
        return Label.named(body.name()).of(body.mediaType());
    }
}
