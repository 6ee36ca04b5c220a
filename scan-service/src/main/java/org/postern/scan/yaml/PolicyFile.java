package org.postern.scan.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.Severity;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.inspection.InspectionPolicy;

/** Reads the policy of the inspection from YAML. A file with an unknown word, or an entry without its reason, is refused. */
public final class PolicyFile {
    private static final ObjectMapper YAML = new YAMLMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private PolicyFile() {}

    /**
     * Reads a policy.
     *
     * @param engineOpens names of unsupported formats that the engine at hand opens after all
     * @throws IOException where the file cannot be read
     * @throws IllegalArgumentException where it is not a policy, with what is wrong
     */
    public static InspectionPolicy read(InputStream file, Set<String> engineOpens) throws IOException {
        try {
            return YAML.readValue(file, Form.class).policy(engineOpens);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the inspection policy cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private record Form(List<Finding> findings, List<Kind> dangerous, Trusted trusted, List<Format> unsupported) {
        InspectionPolicy policy(Set<String> engineOpens) {
            Map<String, String> formats = new HashMap<>();
            unsupported.stream()
                    .filter(format -> !engineOpens.contains(required(format.name(), "name", "an unsupported format")))
                    .forEach(format -> {
                        required(format.reason(), "reason", "unsupported " + format.name());
                        format.mediaTypes().forEach(type -> formats.put(type, format.name()));
                    });
            return new InspectionPolicy(
                    findings.stream().map(Finding::rule).toList(),
                    dangerous.stream().map(Kind::type).toList(),
                    new HashSet<>(trusted.extensions()),
                    formats);
        }
    }

    private record Finding(
            String code, String verdict, @Nullable String unscannable, String severity, String reason) {
        InspectionPolicy.Rule rule() {
            required(code, "code", "a finding");
            return new InspectionPolicy.Rule(
                    code,
                    word(ScanVerdict.values(), ScanVerdict::word, verdict, code),
                    unscannable == null
                            ? null
                            : word(UnscannableReason.values(), UnscannableReason::word, unscannable, code),
                    word(Severity.values(), Severity::word, severity, code),
                    required(reason, "reason", code));
        }
    }

    private record Kind(
            String name,
            @Nullable List<String> extensions,
            @Nullable List<String> mediaTypes,
            String reason) {
        InspectionPolicy.DangerousType type() {
            required(name, "name", "a dangerous type");
            return new InspectionPolicy.DangerousType(
                    name,
                    extensions == null ? Set.of() : Set.copyOf(extensions),
                    mediaTypes == null ? Set.of() : Set.copyOf(mediaTypes),
                    required(reason, "reason", name));
        }
    }

    private record Trusted(List<String> extensions, String reason) {}

    private record Format(String name, List<String> mediaTypes, String reason) {}

    private static String required(@Nullable String text, String field, String of) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("the inspection policy has no " + field + " for " + of);
        }
        return text;
    }

    private static <W> W word(
            W[] words, java.util.function.Function<W, String> name, @Nullable String text, String code) {
        for (W word : words) {
            if (name.apply(word).equals(text)) {
                return word;
            }
        }
        throw new IllegalArgumentException(
                "the inspection policy says " + text + " of " + code + ", which is none of its words");
    }
}
