package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;

/** The realm of {@code ./postern up} and of Compose, which every start of the provider imports anew. */
class RealmTest {
    private static final JsonNode REALM = Checkout.tree("deploy/keycloak/postern-realm.json");

    /** Devices belong to the {@code sub} of a token: one made up at each start would leave them to nobody. */
    @Test
    void everyUserIsTheSameAfterARestart() {
        List<String> ids = new ArrayList<>();
        for (JsonNode user : REALM.path("users")) {
            ids.add(user.path("id").asText());
        }
        assertThat(ids)
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
    }

    /** Whoever reads the file learns no secret; the launcher writes them in. */
    @Test
    void holdsNoSecret() {
        assertThat(REALM.findValuesAsText("secret")).isNotEmpty().allMatch("@CLIENT_SECRET@"::equals);
        for (JsonNode user : REALM.path("users")) {
            assertThat(user.path("credentials").findValuesAsText("value")).allMatch("@USER_PASSWORD@"::equals);
        }
    }
}
