package org.postern.deploy.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.deploy.Checkout;

/** The values of the chart with what {@code # --} says of each. */
record DocumentedValues(Map<String, String> texts, JsonNode values) {
    private static final Pattern COMMENT = Pattern.compile("( *)# -- (.+)");
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z0-9]+):.*");

    static DocumentedValues read() {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> path = new ArrayList<>();
        String pending = "";
        for (String line : Checkout.text("k8s/postern/values.yaml").split("\n", -1)) {
            Matcher comment = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (comment.matches()) {
                pending = comment.group(2);
            } else if (key.matches()) {
                int depth = key.group(1).length() / 2;
                while (path.size() > depth) {
                    path.removeLast();
                }
                path.add(key.group(2));
                if (!pending.isEmpty()) {
                    texts.put(String.join(".", path), pending);
                    pending = "";
                }
            }
        }
        return new DocumentedValues(texts, Checkout.tree("k8s/postern/values.yaml"));
    }

    Set<String> paths() {
        return texts.keySet();
    }

    /** Leaves that neither have a text nor are below something that has one. */
    List<String> undocumented() {
        List<String> found = new ArrayList<>();
        collect("", values, found);
        return found;
    }

    /** A table for the README, a section for each top level. */
    String table() {
        StringBuilder table = new StringBuilder();
        String section = "";
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            String top = entry.getKey().contains(".") ? entry.getKey().replaceFirst("\\..*", "") : "";
            if (table.isEmpty() || !top.equals(section)) {
                table.append(table.isEmpty() ? "" : "\n").append(top.isEmpty() ? "" : "### " + top + "\n\n");
                table.append("| value | default | |\n|---|---|---|\n");
                section = top;
            }
            table.append("| `")
                    .append(entry.getKey())
                    .append("` | `")
                    .append(shown(entry.getKey()))
                    .append("` | ");
            table.append(entry.getValue().replace("|", "\\|")).append(" |\n");
        }
        return table.toString();
    }

    private String shown(String path) {
        JsonNode node = values;
        for (String step : Arrays.asList(path.split("\\.", -1))) {
            node = node.path(step);
        }
        String text =
                node.isTextual() ? '"' + node.asText() + '"' : node.toString().replace("\"", "");
        return text.length() > 100 ? text.substring(0, 97) + "..." : text;
    }

    private void collect(String path, JsonNode node, List<String> found) {
        if (texts.containsKey(path)) {
            return;
        }
        if (!node.isObject()) {
            found.add(path);
            return;
        }
        node.properties()
                .forEach(entry -> collect(
                        path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), found));
    }
}
