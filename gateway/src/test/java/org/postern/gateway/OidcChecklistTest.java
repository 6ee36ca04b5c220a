package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/oidc-checklist.md says is all there is to say, and true. */
class OidcChecklistTest {
    private static final Path ROOT = Path.of("..");
    private static final String PREFIX = "OIDCCClientTest";
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT|E2E))`");

    @Test
    void every_module_of_the_conformance_suite_is_answered() throws IOException {
        List<String> modules = new ArrayList<>();
        for (JsonNode module : new ObjectMapper()
                .readTree(Corpora.of("oidc-rp-checklist/modules.json").toFile())
                .path("modules")) {
            modules.add("`" + module.path("module").asText().substring(PREFIX.length()) + "`");
        }
        assertThat(modules).hasSizeGreaterThan(20);
        assertThat(checklist()).contains(modules);
    }

    @Test
    void every_test_that_it_names_is_there() throws IOException {
        List<String> tests;
        try (Stream<Path> files = Stream.concat(
                Files.walk(ROOT.resolve("gateway/src/test/java")),
                Files.walk(ROOT.resolve("e2e-tests/src/test/java")))) {
            tests = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(TEST.matcher(checklist()).results().map(named -> test(named)).distinct())
                .hasSizeGreaterThan(5)
                .isSubsetOf(tests);
    }

    private static String test(MatchResult named) {
        return named.group(1) + ".java";
    }

    private static String checklist() throws IOException {
        return Files.readString(ROOT.resolve("docs/oidc-checklist.md"));
    }
}
