package org.postern.scan.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postern.scan.yaml.PolicyFile;

class InspectionPolicyTest {
    private static final Pattern FOUND =
            Pattern.compile("(?:found\\(|LimitReachedException\\()\\s*\"([a-z-]+)\"", Pattern.DOTALL);

    @Test
    void namesEveryFindingThatIsMade() throws IOException {
        Set<String> made = new HashSet<>();
        try (Stream<Path> sources = java.nio.file.Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher found = FOUND.matcher(java.nio.file.Files.readString(source));
                while (found.find()) {
                    made.add(found.group(1));
                }
            }
        }

        assertThat(standard().codes()).containsAll(made).doesNotHaveDuplicates();
    }

    @Test
    void leavesOutWhatTheEngineOpens() throws IOException {
        assertThat(standard().unsupported("application/x-rar-compressed")).isEqualTo("rar");
        try (InputStream file = resource()) {
            InspectionPolicy policy = PolicyFile.read(file, Set.of("rar"));
            assertThat(policy.unsupported("application/x-rar-compressed")).isNull();
        }
    }

    @Test
    void refusesAFileThatIsNoPolicy() {
        assertRefused("findings: [{code: a, verdict: fine, severity: low, reason: r}]", "fine of a");
        assertRefused("findings: [{code: a, verdict: clean, severity: low}]", "no reason for a");
        assertRefused("findings: [{code: a, verdict: infected, severity: low, reason: r}]", "must be clean");
        assertRefused("surprises: []", "surprises");
    }

    private static void assertRefused(String findings, String why) {
        String text = findings + "\ndangerous: []\ntrusted: {extensions: [], reason: r}\nunsupported: []\n";
        assertThatThrownBy(() ->
                        PolicyFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static InspectionPolicy standard() throws IOException {
        try (InputStream file = resource()) {
            return PolicyFile.read(file, Set.of());
        }
    }

    private static InputStream resource() {
        return java.util.Objects.requireNonNull(
                InspectionPolicyTest.class.getResourceAsStream("/inspection-policy.yaml"));
    }
}
