package org.postern.scan.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScannedPart;
import org.postern.scan.inspection.InspectionPolicy.DangerousType;
import org.postern.scan.inspection.InspectionPolicy.Rule;

/** What is noted about parts while they are looked at: their names against their bytes, and the findings. */
final class PartNotes {
    static final String ENGINE = "postern";

    /** An attacker must not fill our memory with findings, nor make a fact that no broker takes. */
    static final int MOST_FINDINGS = 200;

    /** What a media type may have at most (RFC 6838, section 4.2). Headers may have longer ones. */
    private static final int LONGEST_TYPE = 255;

    private final InspectionPolicy policy;
    private final int mostParts;
    private final List<Seen> seen = new ArrayList<>();
    private final List<ScannedPart> parts = new ArrayList<>();
    private int partsNotListed;

    PartNotes(InspectionPolicy policy, int mostParts) {
        this.policy = policy;
        this.mostParts = mostParts;
    }

    void found(String code, @Nullable String path, @Nullable String evidence) {
        Rule rule = policy.rule(code);
        ScanFinding finding = new ScanFinding(code, rule.severity(), null, path, ENGINE, evidence);
        add(new Seen(finding, rule.verdict(), rule.unscannable()));
    }

    /** Takes over what the engine said about one part. */
    void scanned(ScanResult result, String path) {
        result.findings().forEach(finding -> add(new Seen(finding.in(path), result.verdict(), result.unscannable())));
    }

    private void add(Seen one) {
        // One that weighs more than those before is never dropped.
        boolean wanted =
                seen.size() < MOST_FINDINGS || seen.stream().noneMatch(other -> other.verdict() == one.verdict());
        if (wanted && !seen.contains(one)) {
            seen.add(one);
        }
    }

    void part(String path, Label label, @Nullable String type, long size, @Nullable ContentHash sha256) {
        if (parts.size() >= mostParts) {
            partsNotListed++;
            return;
        }
        String name =
                label.names().isEmpty() ? null : new FileName(label.names().getFirst()).shown();
        parts.add(new ScannedPart(path, name, declared(label), type, size, sha256));
    }

    private static @Nullable String declared(Label label) {
        String type = label.mediaType();
        return type == null || type.length() <= LONGEST_TYPE ? type : type.substring(0, LONGEST_TYPE);
    }

    /** What the names of a part show by themselves. */
    void names(String path, Label label) {
        for (String raw : label.names()) {
            FileName name = new FileName(raw);
            String extension = name.extension();
            Optional<DangerousType> dangerous = extension == null ? Optional.empty() : policy.byExtension(extension);
            dangerous.ifPresent(type -> found("dangerous-type", path, type.name() + ", by the extension " + extension));
            String inner = name.innerExtension();
            if (dangerous.isPresent() && inner != null && policy.isTrusted(inner)) {
                found("double-extension", path, "a " + extension + " that poses as " + inner);
            }
            if (name.turnsDirection()) {
                found("name-direction", path, null);
            } else if (name.hidesCharacters()) {
                found("name-hidden-characters", path, null);
            }
            if (name.padsExtension()) {
                found("name-padded", path, null);
            }
        }
    }

    /** What the bytes of a part are, and whether its names say something else. */
    void type(String path, Label label, String type) {
        Optional<DangerousType> dangerous = policy.byMediaType(type);
        dangerous.ifPresent(kind -> found("dangerous-type", path, kind.name() + ", by its content " + type));
        String format = policy.unsupported(type);
        if (format != null) {
            found("unsupported-format", path, format);
        }
        for (String raw : label.names()) {
            String extension = new FileName(raw).extension();
            if (extension != null && dangerous.isPresent() && policy.isTrusted(extension)) {
                found("type-lies", path, "named " + extension + ", and is " + type);
            }
        }
    }

    List<Seen> seen() {
        if (partsNotListed > 0) {
            found("parts-not-listed", null, partsNotListed + " more");
        }
        return seen;
    }

    /** The parts, those first in which something was found. */
    List<ScannedPart> parts() {
        var marked =
                seen.stream().map(one -> String.valueOf(one.finding().part())).collect(Collectors.toSet());
        List<ScannedPart> sorted = new ArrayList<>(parts);
        sorted.sort((a, b) -> Boolean.compare(marked.contains(b.path()), marked.contains(a.path())));
        return sorted;
    }
}
