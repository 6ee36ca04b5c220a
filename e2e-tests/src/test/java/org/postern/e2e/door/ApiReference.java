package org.postern.e2e.door;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An OpenAPI document as a page for people: a row a call. */
final class ApiReference {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private ApiReference() {}

    static String page(JsonPath document) {
        Map<String, Map<String, Object>> paths = document.getMap("paths");
        StringBuilder page = new StringBuilder("""
                # API

                Every call that the gateway lets through, made by `ApiReferenceE2E` from what a running gateway publishes under `/openapi.json`, where bodies and answers are described; `/openapi` shows the same to people. A call needs one of its roles; an error is a problem document (RFC 9457) with a stable `code`.

                | call | roles | what | takes | answers |
                |---|---|---|---|---|
                """);
        new TreeMap<>(paths)
                .forEach((path, calls) -> METHODS.forEach(method -> {
                    if (calls.get(method) instanceof Map<?, ?> call) {
                        page.append(row(method.toUpperCase(Locale.ROOT) + " " + path, call));
                    }
                }));
        return page.toString();
    }

    private static String row(String name, Map<?, ?> call) {
        String roles = texts(call.get("x-roles")).stream().sorted().collect(Collectors.joining(", "));
        String summary = call.get("summary") instanceof String text ? text : "";
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        name, roles, summary.replace("|", "\\|").replaceAll("\\s+", " "), takes(call), answers(call));
    }

    /** The kinds of body, then the parameters beside those of the path; a star after those that are needed. */
    private static String takes(Map<?, ?> call) {
        TreeSet<String> bodies = new TreeSet<>();
        if (call.get("requestBody") instanceof Map<?, ?> body && body.get("content") instanceof Map<?, ?> content) {
            content.keySet().forEach(kind -> bodies.add("`" + kind + "`"));
        }
        TreeSet<String> parameters = new TreeSet<>();
        if (call.get("parameters") instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> parameter && !"path".equals(parameter.get("in"))) {
                    String needed = Boolean.TRUE.equals(parameter.get("required")) ? "*" : "";
                    parameters.add("`" + parameter.get("name") + "`" + needed);
                }
            }
        }
        bodies.addAll(parameters);
        return String.join(", ", bodies);
    }

    private static String answers(Map<?, ?> call) {
        return call.get("responses") instanceof Map<?, ?> responses
                ? responses.keySet().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "))
                : "";
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }
}
