package org.postern.scan.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;

/** Gives the engine each part of a body by itself, but for those that a password opened, of which it has seen what is inside. */
final class RemainingParts {
    private final Tools tools;
    private final PartScan engine;
    private final Set<String> opened;
    private final Deadline deadline;
    private final List<Seen> found = new ArrayList<>();

    RemainingParts(Tools tools, PartScan engine, Set<String> opened, Deadline deadline) {
        this.tools = tools;
        this.engine = engine;
        this.opened = opened;
        this.deadline = deadline;
    }

    /** What it says of them, and what is found on the way. */
    List<Seen> in(InputStream body, Label label) throws IOException {
        Walk walk = new Walk(tools, List.of(), PartScan.none(), deadline);
        walk.onlyWhere(this::holdsOneThatWasOpened);
        // What it could not walk through has not been looked at either.
        found.addAll(walk.through(body, label).seen());
        return found;
    }

    /** Such a part is looked into for what else it holds; every other one is the engine's. */
    private boolean holdsOneThatWasOpened(Content content, String path) throws IOException {
        if (opened.contains(path)) {
            return false;
        }
        if (opened.stream().anyMatch(one -> one.startsWith(path + "/"))) {
            return true;
        }
        if (content.size() > 0) {
            take(engine.scan(content), path);
        }
        return false;
    }

    private void take(ScanResult result, String path) throws PartScan.NoAnswerException {
        if (result.verdict() == ScanVerdict.INCONCLUSIVE) {
            throw new PartScan.NoAnswerException(result);
        }
        result.findings()
                .forEach(finding -> found.add(new Seen(finding.in(path), result.verdict(), result.unscannable())));
    }
}
