package org.postern.deploy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;

/** The threat model names, for each threat to an arrow, the test that guards the answer. */
class ThreatModelTest {
    private static final String FILE = "docs/threat-model.md";

    @Test
    void everyNamedTestExists() {
        assertThat(NamedTests.in(Checkout.text(FILE))).hasSizeGreaterThan(20).isSubsetOf(NamedTests.existing());
    }

    @Test
    void everyThreatIsGuardedOrSaysWhoMust() {
        assertThat(rows()).hasSizeGreaterThan(20).allSatisfy(row -> {
            String[] cells = row.split("\\|", -1);
            assertThat(cells).hasSize(7);
            assertThat(cells[2].strip()).matches("[STRIDE](, [STRIDE])*");
            assertThat(NamedTests.in(cells[5]).isEmpty()).as(row).isEqualTo(cells[5].contains("*deployment*"));
        });
    }

    private static List<String> rows() {
        String text = Checkout.text(FILE);
        String section = text.substring(text.indexOf("## Every arrow"));
        return section.substring(0, section.indexOf("\n## ", 3))
                .lines()
                .filter(line -> line.startsWith("| ") && line.contains("→"))
                .toList();
    }
}
