package org.postern.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.route.Destination;
import org.postern.gateway.route.Route;
import org.postern.gateway.route.RouteTable;

/**
 * One OpenAPI document of all that the door lets through. The table of routes says what there is and which roles it needs;
 * the services say the rest of it. What a service has and the door does not let through is not in it, and what a service
 * has not described is in it all the same.
 */
public final class ApiDocument {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCHEMAS = "#/components/schemas/";

    private ApiDocument() {}

    /**
     * Puts it together.
     *
     * @param services what each service says of itself, as far as it is known
     */
    public static ObjectNode of(RouteTable table, Map<Destination, JsonNode> services) {
        ObjectNode document = JSON.createObjectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Postern")
                .put("version", "1")
                .put(
                        "description",
                        "Mail security behind one door. Errors are problem documents (RFC 9457) with a code.");
        ObjectNode paths = document.putObject("paths");
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        ObjectNode schemas = components.putObject("schemas");
        services.forEach((service, described) -> described
                .path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> schemas.set(prefix(service) + schema.getKey(), moved(schema.getValue(), service))));
        for (Route route : table.routes()) {
            JsonNode described = services.get(route.destination());
            paths.withObjectProperty(route.path()).set(route.method().toLowerCase(Locale.ROOT), call(route, described));
        }
        return document;
    }

    private static ObjectNode call(Route route, @Nullable JsonNode described) {
        JsonNode found = described == null ? null : find(described.path("paths"), route);
        ObjectNode call = found instanceof ObjectNode known
                ? (ObjectNode) moved(known, route.destination())
                : JSON.createObjectNode();
        if (!call.has("responses")) {
            call.putObject("responses").putObject("default").put("description", "See the documentation.");
        }
        ArrayNode tags = call.putArray("tags");
        tags.add(route.destination().name().toLowerCase(Locale.ROOT));
        ArrayNode security = call.putArray("security");
        if (!route.signed()) {
            security.addObject().putArray("bearer");
        }
        ArrayNode roles = call.putArray("x-roles");
        route.roles().stream().sorted().forEach(roles::add);
        call.put("x-body-limit", route.bodyLimit());
        return call;
    }

    /** The same path may name its variable parts otherwise. */
    private static @Nullable JsonNode find(JsonNode paths, Route route) {
        String wanted = shape(route.path());
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (shape(path.getKey()).equals(wanted)) {
                return path.getValue().get(route.method().toLowerCase(Locale.ROOT));
            }
        }
        return null;
    }

    private static String shape(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    /** A copy whose references lead to the schemas of its service. */
    private static JsonNode moved(JsonNode node, Destination service) {
        if (node.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            for (Iterator<Map.Entry<String, JsonNode>> it = node.properties().iterator(); it.hasNext(); ) {
                Map.Entry<String, JsonNode> property = it.next();
                String text = property.getValue().asText();
                if (property.getKey().equals("$ref") && text.startsWith(SCHEMAS)) {
                    copy.put("$ref", SCHEMAS + prefix(service) + text.substring(SCHEMAS.length()));
                } else {
                    copy.set(property.getKey(), moved(property.getValue(), service));
                }
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(item -> copy.add(moved(item, service)));
            return copy;
        }
        return node;
    }

    private static String prefix(Destination service) {
        return service.name().toLowerCase(Locale.ROOT) + "-";
    }
}
