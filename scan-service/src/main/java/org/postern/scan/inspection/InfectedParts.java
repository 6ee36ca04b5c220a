package org.postern.scan.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;

/** Looks for the part that makes a body infected: every part is given to the engine alone, and opened where it is it. */
final class InfectedParts {
    /** A body with more parts than that is named as a whole. */
    private static final int MOST_SCANS = 100;

    private final Tools tools;
    private final PartScan engine;
    private final Deadline deadline;
    private final List<Seen> found = new ArrayList<>();
    private int scans;

    InfectedParts(Tools tools, PartScan engine, Deadline deadline) {
        this.tools = tools;
        this.engine = engine;
        this.deadline = deadline;
    }

    /** The infected parts, the innermost only; empty where no part by itself is it. */
    List<Seen> in(InputStream body, Label label) throws IOException {
        Walk walk = new Walk(tools, List.of(), PartScan.none(), deadline);
        walk.onlyWhere(this::isInfected);
        walk.through(body, label);
        return innermost();
    }

    private boolean isInfected(Content content, String path) throws IOException {
        if (scans++ >= MOST_SCANS || content.size() == 0) {
            return false;
        }
        ScanResult result = engine.scan(content);
        if (result.verdict() != ScanVerdict.INFECTED) {
            return false;
        }
        result.findings().forEach(finding -> found.add(new Seen(finding.in(path), result.verdict(), null)));
        return true;
    }

    private List<Seen> innermost() {
        List<Seen> innermost = new ArrayList<>();
        for (Seen one : found) {
            String path = one.finding().part() + "/";
            boolean outer = found.stream()
                    .anyMatch(other -> !other.equals(one)
                            && String.valueOf(other.finding().part()).startsWith(path));
            if (!outer) {
                innermost.add(one);
            }
        }
        return innermost;
    }
}
