package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;

/** The list that {@code ./postern sbom} holds the bill of materials to. */
class LicencesTest {
    private static final JsonNode LIST = Checkout.tree("security/licences.json");

    @Test
    void allowsNothingThatBindsWhoeverShipsIt() {
        List<String> allowed = ImagesTest.texts(LIST.path("allowed"));

        assertThat(allowed).contains("Apache-2.0", "MIT").doesNotHaveDuplicates();
        assertThat(allowed).noneMatch(licence -> licence.matches("(A|L)?GPL.*|SSPL.*|BUSL.*|.*NonCommercial.*"));
    }

    @Test
    void givesAReasonForEachExceptionAndNamesOneComponent() {
        LIST.path("reviewed").properties().forEach(exception -> {
            assertThat(exception.getKey()).matches("[a-z0-9_.-]+:[a-zA-Z0-9_.-]+");
            assertThat(exception.getValue().asText()).hasSizeGreaterThan(20);
        });
    }
}
