package org.postern.scan.inspection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.Severity;
import org.postern.events.mail.UnscannableReason;

/**
 * What is made of what is seen: a table of findings, and one of dangerous types. Both are read from one file, in which
 * every entry has its reason.
 */
public final class InspectionPolicy {
    private final Map<String, Rule> rules;
    private final List<DangerousType> types;
    private final Map<String, DangerousType> byExtension = new HashMap<>();
    private final Map<String, DangerousType> byMediaType = new HashMap<>();
    private final Set<String> trustedExtensions;
    private final Map<String, String> unsupported;

    /**
     * @param rules the findings by code
     * @param types the dangerous types
     * @param trustedExtensions what people open without a thought, so that others pose as it
     * @param unsupported media types that nobody here can open, with the name of the format
     */
    public InspectionPolicy(
            List<Rule> rules,
            List<DangerousType> types,
            Set<String> trustedExtensions,
            Map<String, String> unsupported) {
        this.rules = new HashMap<>();
        rules.forEach(rule -> this.rules.put(rule.code(), rule));
        this.types = List.copyOf(types);
        this.trustedExtensions = Set.copyOf(trustedExtensions);
        this.unsupported = Map.copyOf(unsupported);
        for (DangerousType type : types) {
            type.extensions().forEach(extension -> byExtension.put(extension, type));
            type.mediaTypes().forEach(mediaType -> byMediaType.put(mediaType, type));
        }
    }

    /** What a finding means; one that the table does not name is suspicious. */
    public Rule rule(String code) {
        Rule rule = rules.get(code);
        return rule == null ? new Rule(code, ScanVerdict.SUSPICIOUS, null, Severity.HIGH, "not in the table") : rule;
    }

    /** The dangerous type that a file name ends with. */
    public Optional<DangerousType> byExtension(String extension) {
        return Optional.ofNullable(byExtension.get(extension));
    }

    /** The dangerous type that a content is. */
    public Optional<DangerousType> byMediaType(String mediaType) {
        return Optional.ofNullable(byMediaType.get(mediaType));
    }

    /** Whether people open files of this extension without a thought. */
    public boolean isTrusted(String extension) {
        return trustedExtensions.contains(extension);
    }

    /** The name of a format that nobody here can open. */
    public @Nullable String unsupported(String mediaType) {
        return unsupported.get(mediaType);
    }

    /** All codes of the table. */
    public List<String> codes() {
        return new ArrayList<>(rules.keySet());
    }

    /** All dangerous types. */
    public List<DangerousType> types() {
        return types;
    }

    /**
     * What a finding means.
     *
     * @param verdict clean, suspicious or unscannable; clean for what is only worth knowing
     * @param unscannable the reason where it is unscannable
     * @param reason why it is in the table
     */
    public record Rule(
            String code,
            ScanVerdict verdict,
            @Nullable UnscannableReason unscannable,
            Severity severity,
            String reason) {
        public Rule {
            boolean known = verdict == ScanVerdict.CLEAN
                    || verdict == ScanVerdict.SUSPICIOUS
                    || verdict == ScanVerdict.UNSCANNABLE;
            if (!known || (verdict == ScanVerdict.UNSCANNABLE) != (unscannable != null)) {
                throw new IllegalArgumentException("the finding " + code
                        + " must be clean, suspicious or unscannable, and have an unscannable reason only then");
            }
        }
    }

    /**
     * A kind of file that does something when it is opened.
     *
     * @param name what it is, for instance {@code program}
     * @param extensions in lower case, without the dot
     * @param mediaTypes by content
     * @param reason why it is in the table
     */
    public record DangerousType(String name, Set<String> extensions, Set<String> mediaTypes, String reason) {
        public DangerousType {
            extensions = Set.copyOf(extensions);
            mediaTypes = Set.copyOf(mediaTypes);
        }
    }
}
