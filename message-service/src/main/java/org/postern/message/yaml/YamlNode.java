package org.postern.message.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.message.policy.InvalidPolicyException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A place in a YAML text that knows its line, and says what is wrong there. */
final class YamlNode {
    private static final int LONGEST = 1024 * 1024;

    private final Node node;
    private final String place;

    private YamlNode(Node node, String place) {
        this.node = node;
        this.place = place;
    }

    /** The root of a text. @throws InvalidPolicyException where it is no YAML */
    static YamlNode of(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setMaxAliasesForCollections(0);
        try {
            // Composed and never constructed: no tag of the text makes anything.
            Node root = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(text));
            if (root == null) {
                throw new InvalidPolicyException("policy: is empty");
            }
            return new YamlNode(root, "policy");
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw mark == null
                    ? new InvalidPolicyException("not readable as YAML: " + e.getProblem())
                    : new InvalidPolicyException(
                            "not readable as YAML: " + e.getProblem(), mark.getLine() + 1, mark.getColumn() + 1);
        } catch (YAMLException e) {
            throw new InvalidPolicyException("not readable as YAML: " + e.getMessage());
        }
    }

    String place() {
        return place;
    }

    /** What is there by its key; every key is one of those, and there once. */
    Map<String, YamlNode> mapping(Set<String> known) {
        String keys = String.join(", ", known.stream().sorted().toList());
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("must have " + keys);
        }
        Map<String, YamlNode> found = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            YamlNode at = new YamlNode(tuple.getKeyNode(), place);
            if (!known.contains(key)) {
                throw at.wrong("'" + key + "' is not known; known are " + keys);
            }
            if (found.put(key, new YamlNode(tuple.getValueNode(), inside(key))) != null) {
                throw at.wrong("'" + key + "' is there twice");
            }
        }
        return found;
    }

    /** What is listed there. */
    List<YamlNode> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("must be a list");
        }
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlNode(item, place + "[" + items.size() + "]"));
        }
        return items;
    }

    /** What is listed there, or the one thing that is there. */
    List<YamlNode> oneOrMore() {
        List<YamlNode> items = node instanceof SequenceNode ? list() : List.of(this);
        if (items.isEmpty()) {
            throw wrong("must not be empty");
        }
        return items;
    }

    /** The word there. A bare {@code none} or {@code pass} is a text; a bare {@code no} or {@code on} is something else. */
    String text() {
        if (!(node instanceof ScalarNode scalar)
                || !scalar.getTag().equals(Tag.STR)
                || scalar.getValue().isBlank()) {
            throw wrong("must be a text");
        }
        return scalar.getValue();
    }

    /** The scalar there, whatever its type. */
    String scalar() {
        if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw wrong("must be a value");
        }
        return scalar.getValue();
    }

    static YamlNode required(Map<String, YamlNode> found, String key, YamlNode owner) {
        YamlNode there = found.get(key);
        if (there == null) {
            throw owner.wrong(key + " is required");
        }
        return there;
    }

    InvalidPolicyException wrong(String rule) {
        return wrong(rule, null);
    }

    InvalidPolicyException wrong(String rule, @Nullable String deeper) {
        Mark mark = node.getStartMark();
        return new InvalidPolicyException(
                (deeper == null ? place : deeper) + ": " + rule, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private String inside(String key) {
        return place.equals("policy") ? key : place + "." + key;
    }
}
