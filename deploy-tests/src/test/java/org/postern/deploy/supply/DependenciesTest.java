package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.deploy.Checkout;

/** What is built with is named, in one version, until somebody changes it: SECURITY.md says so. */
class DependenciesTest {
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern CONFIGURATION = Pattern.compile("(?s)<configuration>.*?</configuration>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");
    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9-]+\\.version)>([^<]*)</\\1>");
    private static final String PINNED = "\\$\\{[a-z0-9.-]+}|v?\\d[\\w.-]*";

    static List<Path> poms() {
        return Checkout.files(".", name -> name.endsWith("pom.xml") && !name.contains("node_modules"));
    }

    static List<Path> nodePackages() {
        return Checkout.files(".", name -> name.endsWith("package.json") && !name.contains("node_modules"));
    }

    @ParameterizedTest
    @MethodSource("poms")
    void everyVersionIsOneVersion(Path pom) {
        String text = COMMENT.matcher(Checkout.text(pom)).replaceAll("");
        String declared = CONFIGURATION.matcher(text).replaceAll("");
        assertThat(VERSION.matcher(declared).results().map(version -> version.group(1)))
                .isNotEmpty()
                .allMatch(version -> version.matches(PINNED))
                // Ours alone may be on its way.
                .noneMatch(version -> version.endsWith("-SNAPSHOT") && !version.equals("0.1.0-SNAPSHOT"));
        assertThat(PROPERTY.matcher(text).results().map(property -> property.group(2)))
                .allMatch(version -> version.matches(PINNED));
    }

    @ParameterizedTest
    @MethodSource("nodePackages")
    void peersOfTestsAreOneVersionToo(Path file) {
        assertThat(Checkout.parse(Checkout.text(file)).path("dependencies").properties())
                .isNotEmpty()
                .allSatisfy(
                        dependency -> assertThat(dependency.getValue().asText()).matches("\\d+\\.\\d+\\.\\d+"));
        assertThat(file.resolveSibling("package-lock.json")).exists();
    }

    /** A service that depends on another could not be built, deployed or taken over by itself. */
    @Test
    void theBuildRefusesWhatIsNotMeantToBeThere() {
        String root = Checkout.text("pom.xml");
        String rule = root.substring(root.indexOf("<id>services-stand-alone</id>"));
        rule = rule.substring(0, rule.indexOf("</execution>"));
        assertThat(rule).contains("<bannedDependencies>");
        for (String service : ImagesTest.images().stream()
                .filter(image -> image.equals("gateway") || image.endsWith("-service"))
                .toList()) {
            assertThat(rule).contains("org.postern:" + service);
        }
        assertThat(root).contains("<requirePluginVersions>");
    }
}
