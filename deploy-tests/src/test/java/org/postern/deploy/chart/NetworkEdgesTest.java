package org.postern.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postern.deploy.Checkout;

/**
 * Who may talk to whom. The finished NetworkPolicies are read back into edges, which must be those of the table in the
 * chart's README: every line of it, and nothing else.
 */
class NetworkEdgesTest {
    @SuppressWarnings("unused") // named below
    static final List<String> VALUES = Chart.VALUES;

    private static final String README = "k8s/postern/README.md";
    private static final Pattern ROW = Pattern.compile("\\| ([a-z0-9, -]+) \\| ([a-z0-9 -]+) \\| ([0-9, ]+) \\|.*");

    /** Everybody outside, told apart by an address of their own, so that a policy says whom it means. */
    private static final Map<String, String> OUTSIDE = new TreeMap<>(Map.ofEntries(
            Map.entry("door", "10.9.0.1/32"),
            Map.entry("mailServer", "10.9.0.2/32"),
            Map.entry("monitoring", "10.9.0.3/32"),
            Map.entry("dns", "10.9.0.4/32"),
            Map.entry("resolver", "10.9.0.5/32"),
            Map.entry("provider", "10.9.0.6/32"),
            Map.entry("kafka", "10.9.0.7/32"),
            Map.entry("database", "10.9.0.8/32"),
            Map.entry("siem", "10.9.0.20/32"),
            Map.entry("jmap", "10.9.0.21/32"),
            Map.entry("objectStore", "10.9.0.9/32"),
            Map.entry("smtpRelease", "10.9.0.10/32"),
            Map.entry("collector", "10.9.0.12/32"),
            Map.entry("clamavMirror", "10.9.0.11/32")));

    private static final Map<String, String> WORDS = Map.of(
            "door", "anybody",
            "mailServer", "mail server",
            "objectStore", "object store",
            "resolver", "name servers",
            "smtpRelease", "release host",
            "clamavMirror", "signatures");

    record Edge(String from, String to, int port) implements Comparable<Edge> {
        @Override
        public int compareTo(Edge other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return from + " -> " + to + ":" + port;
        }
    }

    /** A private mirror, own name servers, the test: everything on, so that every edge there can be is drawn. */
    @Test
    void isTheTableOfTheReadme() {
        assertThat(drawn(everything())).isEqualTo(table());
    }

    @Test
    void bothEndsOfAnEdgeInsideAgree() {
        Manifests manifests = everything();
        Set<Edge> outgoing = edges(manifests, "egress");
        Set<Edge> incoming = edges(manifests, "ingress");
        Set<String> inside = parts(manifests);
        assertThat(outgoing.stream().filter(edge -> inside.contains(edge.to())).collect(Collectors.toSet()))
                .isEqualTo(incoming.stream()
                        .filter(edge -> inside.contains(edge.from()))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void everyPodIsUnderThePolicyThatDeniesAll(String values) {
        Manifests manifests = Chart.rendered(values);
        JsonNode policy = manifests
                .find("NetworkPolicy/p-postern-default-deny")
                .orElseThrow()
                .path("spec");
        assertThat(policy.path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(policy.has("ingress")).isFalse();
        assertThat(policy.has("egress")).isFalse();
        JsonNode selected = policy.at("/podSelector/matchLabels");
        manifests.all().stream()
                .filter(manifest -> !Manifests.podOf(manifest).isMissingNode())
                .forEach(manifest -> {
                    JsonNode labels = labels(manifest);
                    assertThat(selected.properties()).as(Manifests.id(manifest)).allSatisfy(label -> assertThat(
                                    labels.path(label.getKey()).asText())
                            .isEqualTo(label.getValue().asText()));
                    String part = labels.path("app.kubernetes.io/component").asText();
                    assertThat(manifests.find("NetworkPolicy/p-postern-" + part))
                            .as(part)
                            .isPresent();
                });
    }

    /** Requests to addresses that a mail or a client named leave by the web edge: no address of ours is in it. */
    @Test
    void theWebIsNotTheInside() {
        JsonNode web = Checkout.tree("k8s/postern/values.yaml").at("/networkPolicy/web");
        assertThat(web.path("except4").toString())
                .contains(
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "192.168.0.0/16",
                        "169.254.0.0/16",
                        "127.0.0.0/8",
                        "100.64.0.0/10");
        assertThat(web.path("except6").toString()).contains("fc00::/7", "fe80::/10", "::/8", "64:ff9b::/96");
    }

    @Test
    void whatIsSwitchedOffIsNotDrawn() {
        Set<Edge> without = drawn(
                Chart.rendered("minimal", named("{message: {milter: {enabled: false}}, tests: {enabled: false}}")));
        assertThat(without)
                .noneMatch(edge -> edge.from().equals("mail server"))
                .noneMatch(edge -> edge.to().equals("release host"))
                .noneMatch(edge -> edge.to().equals("jmap"))
                .noneMatch(edge -> edge.from().equals("test"));
    }

    @Test
    void strimzisKafkaIsNamedByItsLabels() {
        JsonNode policy =
                Chart.rendered("ha").find("NetworkPolicy/p-postern-scan").orElseThrow();
        assertThat(policy.at("/spec/egress").toString()).contains("\"strimzi.io/cluster\":\"p-postern-kafka\"");
    }

    private static Manifests everything() {
        return Chart.rendered(
                "minimal",
                named(
                        "{tracing: {endpoint: 'http://collector:4318'}, gateway: {sharedLimits: {enabled: true}}, message: {mtaHooks: {enabled: true, existingSecret: h}, release: {host: mx}, webhooks:"
                                + " {enabled: true}, withdrawal: {enabled: true, url: 'https://jmap'}}, clamav: {mirror: {enabled: true}}, rspamd: {nameservers:"
                                + " [192.0.2.53]}}"));
    }

    private static JsonNode named(String over) {
        String peers = OUTSIDE.entrySet().stream()
                .map(peer -> peer.getKey() + ": {peers: [{ipBlock: {cidr: " + peer.getValue() + "}}]}")
                .collect(Collectors.joining(", "));
        return Checkout.merged(
                Checkout.parse(over),
                Checkout.parse(
                        "{store: {kind: s3, s3: {bucket: b}}, message: {siem: {to: syslog, host: s}}, networkPolicy:"
                                + " {web: {peers: []}, peers: {"
                                + peers + "}}}"));
    }

    /** What is drawn at either end; the cluster's DNS, which everybody but the silent may ask, is left out. */
    private static Set<Edge> drawn(Manifests manifests) {
        Set<Edge> all = new TreeSet<>(edges(manifests, "egress"));
        all.addAll(edges(manifests, "ingress"));
        all.removeIf(edge -> edge.to().equals("dns"));
        return all;
    }

    private static Set<String> parts(Manifests manifests) {
        return manifests
                .ofKind("NetworkPolicy")
                .map(policy -> policy.at("/spec/podSelector/matchLabels/app.kubernetes.io~1component")
                        .asText())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<Edge> edges(Manifests manifests, String direction) {
        Set<Edge> edges = new TreeSet<>();
        manifests.ofKind("NetworkPolicy").forEach(policy -> {
            String self = policy.at("/spec/podSelector/matchLabels/app.kubernetes.io~1component")
                    .asText();
            for (JsonNode rule : policy.at("/spec/" + direction)) {
                JsonNode peers = rule.path(direction.equals("egress") ? "to" : "from");
                assertThat(peers)
                        .as("a rule of %s without a peer would mean everybody", self)
                        .isNotEmpty();
                assertThat(rule.path("ports"))
                        .as("a rule of %s without a port would mean all", self)
                        .isNotEmpty();
                for (JsonNode peer : peers) {
                    for (JsonNode port : rule.path("ports")) {
                        String other = who(peer);
                        int number = port.path("port").asInt();
                        edges.add(
                                direction.equals("egress")
                                        ? new Edge(self, other, number)
                                        : new Edge(other, self, number));
                    }
                }
            }
        });
        return edges;
    }

    private static String who(JsonNode peer) {
        String part =
                peer.at("/podSelector/matchLabels/app.kubernetes.io~1component").asText();
        if (!part.isEmpty()) {
            return part;
        }
        String cidr = peer.at("/ipBlock/cidr").asText();
        if (cidr.endsWith("/0")) {
            assertThat(peer.at("/ipBlock/except"))
                    .as("the web without the inside")
                    .isNotEmpty();
            return "web";
        }
        String name = OUTSIDE.entrySet().stream()
                .filter(outside -> outside.getValue().equals(cidr))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody known: " + peer));
        return WORDS.getOrDefault(name, name);
    }

    private static JsonNode labels(JsonNode manifest) {
        return switch (manifest.path("kind").asText()) {
            case "Pod" -> manifest.at("/metadata/labels");
            case "CronJob" -> manifest.at("/spec/jobTemplate/spec/template/metadata/labels");
            default -> manifest.at("/spec/template/metadata/labels");
        };
    }

    private static Set<Edge> table() {
        String text = Checkout.text(README);
        String section = text.substring(text.indexOf("## Who may talk to whom"));
        section = section.substring(0, section.indexOf("\n## ", 3));
        Set<Edge> edges = new TreeSet<>();
        for (String line : section.split("\n", -1)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                for (String from : row.group(1).split(", ", -1)) {
                    ports(row.group(3)).forEach(port -> edges.add(new Edge(from, row.group(2), port)));
                }
            }
        }
        return edges;
    }

    private static List<Integer> ports(String text) {
        List<Integer> ports = new ArrayList<>();
        for (String port : text.split(",", -1)) {
            ports.add(Integer.valueOf(port.strip()));
        }
        return ports;
    }
}
