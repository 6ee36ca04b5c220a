package org.postern.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postern.gateway.route.Destination;
import org.postern.gateway.route.Route;
import org.postern.gateway.route.RouteTable;

class ApiDocumentTest {
    private static final String DESCRIBED = """
        {"paths": {
          "/v1/messages/{messageId}": {"get": {"summary": "<b>The verdict</b>", "responses": {"200": {
            "description": "x", "content": {"application/json": {"schema": {
              "$ref": "#/components/schemas/Verdict"}}}}}}},
          "/internal/v1/views": {"get": {}}},
         "components": {"schemas": {"Verdict": {"type": "object", "properties": {
            "next": {"$ref": "#/components/schemas/Verdict"}}}}}}
        """;

    private final RouteTable table = RouteTable.of(1, 1);

    @Test
    void every_route_is_in_it_with_its_roles_though_no_service_says_anything() {
        JsonNode document = ApiDocument.of(table, Map.of());
        for (Route route : table.routes()) {
            JsonNode call = document.path("paths")
                    .path(route.path())
                    .path(route.method().toLowerCase());
            assertThat(call.path("x-roles").size())
                    .as(route.name())
                    .isEqualTo(route.roles().size());
            assertThat(call.path("responses").isEmpty()).isFalse();
        }
    }

    @Test
    void what_a_service_says_is_in_it_under_a_name_of_its_own_and_what_is_not_routed_is_not() throws Exception {
        JsonNode document = described();
        JsonNode call = document.path("paths").path("/v1/messages/{id}").path("get");
        assertThat(call.path("summary").asText()).isEqualTo("<b>The verdict</b>");
        assertThat(call.at("/responses/200/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/message-Verdict");
        assertThat(document.at("/components/schemas/message-Verdict/properties/next/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/message-Verdict");
        assertThat(document.path("paths").has("/internal/v1/views")).isFalse();
    }

    @Test
    void the_page_shows_it_and_runs_nothing_of_it() throws Exception {
        String page = ApiPage.calls(described());
        assertThat(page).contains("GET /v1/messages/{id}", "mail-read-own", "&lt;b&gt;The verdict");
        assertThat(page).doesNotContain("<b>The verdict", "<script");
        assertThat(ApiPage.contentSecurityPolicy()).startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(ApiPage.root("")).contains("/openapi.json", "/.well-known/security.txt");
    }

    private JsonNode described() throws Exception {
        return ApiDocument.of(table, Map.of(Destination.MESSAGE, new ObjectMapper().readTree(DESCRIBED)));
    }
}
