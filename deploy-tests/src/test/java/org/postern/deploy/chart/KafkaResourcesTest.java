package org.postern.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.postern.deploy.Checkout;
import org.postern.events.codec.Topic;

/** Topics and rights on Kafka, against the topics of the contract and the channels of the services. */
class KafkaResourcesTest {
    @SuppressWarnings("unused") // named below
    static final List<String> SERVICES = Chart.SERVICES;

    private static final Manifests MANIFESTS = Chart.rendered("ha");

    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyTopicIsMadeAsTheContractHasIt(Topic topic) {
        JsonNode spec = topicResource(topic.topicName()).path("spec");
        // ha.yaml asks for 24; without that it is what the contract says.
        assertThat(spec.path("partitions").asInt()).isEqualTo(24);
        assertThat(Checkout.tree("k8s/postern/values.yaml")
                        .at("/kafka/topics/partitions")
                        .asInt())
                .isEqualTo(Topic.PARTITIONS);
        assertThat(spec.at("/config/retention.ms").asLong())
                .isEqualTo(topic.retention().toMillis());
        assertThat(spec.at("/config/cleanup.policy").asText("delete"))
                .isEqualTo(topic == Topic.IDENTITY_REVOKED ? "compact,delete" : "delete");
    }

    /** Dead letters of a topic with personal data hold the same data: they are not kept longer. */
    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyTopicHasDeadLettersThatAreKeptNoLonger(Topic topic) {
        JsonNode spec = topicResource(topic.deadLetters()).path("spec");
        assertThat(spec.at("/config/retention.ms").asLong())
                .isPositive()
                .isLessThanOrEqualTo(topic.retention().toMillis());
    }

    @Test
    void thereAreNoOtherTopics() {
        assertThat(MANIFESTS.ofKind("KafkaTopic").map(topic -> topic.at("/metadata/name")
                        .asText()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Topic.values())
                        .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetters()))
                        .toList());
    }

    @Test
    void everyTopicHasWhoWritesAndWhoReadsIt() {
        for (Topic topic : Topic.values()) {
            if (topic.eventType() == null) {
                continue;
            }
            assertThat(whoMay("Write", topic.topicName()))
                    .as("writers of " + topic)
                    .isNotEmpty();
            assertThat(whoMay("Read", topic.deadLetters()))
                    .as("readers of the dead letters of " + topic)
                    .isNotEmpty();
        }
    }

    /** Facts have one author each: a service that was taken over cannot speak for another. */
    @Test
    void factsHaveOneAuthor() {
        assertThat(whoMay("Write", "mail.scanned.v1")).containsExactly("scan");
        assertThat(whoMay("Write", "mail.assessed.v1")).containsExactly("spam");
        assertThat(whoMay("Write", "mail.rendered.v1")).containsExactly("render");
        assertThat(whoMay("Write", "mail.judged.v1")).containsExactly("message");
        assertThat(whoMay("Write", "mail.handed-over.v1")).containsExactly("message");
        assertThat(whoMay("Write", "push.outcome.v1")).containsExactly("push");
    }

    /** Envelope addresses are on mail.received alone: push and the door never see them. */
    @Test
    void addressesAreSeenByThoseWhoNeedThem() {
        assertThat(whoMay("Read", "mail.received.v1")).containsExactlyInAnyOrder("message", "scan", "spam");
    }

    /** What a service's channels say is allowed to it, in its groups. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyChannelOfTheCodeIsAllowed(String service) {
        Properties properties = properties(service);
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            String value = properties.getProperty(key);
            if (key.matches("mp\\.messaging\\.incoming\\..*\\.topics?")) {
                Arrays.stream(value.split(",")).forEach(topic -> assertThat(allowed(service, "topic", topic))
                        .as("%s reads %s", service, topic)
                        .contains("Read", "Describe"));
            } else if (key.matches("mp\\.messaging\\.outgoing\\..*\\.topic")) {
                assertThat(allowed(service, "topic", value))
                        .as("%s writes %s", service, value)
                        .contains("Write", "Describe");
            } else if (key.matches("mp\\.messaging\\.incoming\\..*\\.group\\.id")) {
                assertThat(allowed(service, "group", value))
                        .as("%s reads in the group %s", service, value)
                        .contains("Read");
            }
        }
    }

    /** Every service refuses tokens that were revoked, and makes sure at its start that it can hear of it. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyServiceHearsOfRevocations(String service) {
        assertThat(allowed(service, "topic", Topic.IDENTITY_REVOKED.topicName()))
                .contains("Read", "Describe", "Create", "DescribeConfigs");
    }

    /** Whoever reads a topic may bury what is no event of it. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void whoeverReadsMayWriteDeadLetters(String service) {
        for (Topic topic : Topic.values()) {
            if (whoMay("Read", topic.topicName()).contains(service)) {
                assertThat(allowed(service, "topic", topic.deadLetters())).contains("Write");
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void nobodyMayEverything(String service) {
        assertThat(acls(service)).allSatisfy(acl -> {
            assertThat(acl.at("/operations").toString()).doesNotContain("All", "Alter", "ClusterAction");
            if (!acl.at("/resource/name").asText().equals(Topic.IDENTITY_REVOKED.topicName())) {
                assertThat(acl.at("/operations").toString()).doesNotContain("Create");
            }
            assertThat(acl.at("/resource/name").asText()).isNotEqualTo("*");
            assertThat(acl.at("/resource/type").asText()).isIn("topic", "group");
        });
    }

    /** Those who make topics and rights by hand read this file's table: k8s/postern/README.md. */
    @Test
    void theReadmeListsTheRights() {
        StringBuilder table =
                new StringBuilder("| service | reads | writes | groups (prefixes) |\n|---|---|---|---|\n");
        JsonNode access = Checkout.tree("k8s/postern/files/kafka-access.yaml");
        for (String service : Chart.SERVICES) {
            JsonNode rights = access.path(service);
            table.append("| ")
                    .append(service)
                    .append(" | ")
                    .append(listed(rights.path("reads")))
                    .append(" | ")
                    .append(listed(rights.path("writes")));
            table.append(rights.has("deadLetters") ? ", every `.dlq` (also reads and deletes)" : "")
                    .append(" | ")
                    .append(listed(rights.path("groups")))
                    .append(" |\n");
        }
        org.postern.deploy.Generated.section("k8s/postern/README.md", "kafka-access", table.toString());
    }

    private static String listed(JsonNode names) {
        return Manifests.elements(names).map(name -> "`" + name.asText() + "`").collect(Collectors.joining(", "));
    }

    private static JsonNode topicResource(String name) {
        return MANIFESTS
                .find("KafkaTopic/" + name)
                .orElseThrow(() -> new AssertionError("k8s/postern/files/kafka-topics.yaml lacks the topic " + name));
    }

    private static Set<String> whoMay(String operation, String topic) {
        return Chart.SERVICES.stream()
                .filter(service -> allowed(service, "topic", topic).contains(operation))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> allowed(String service, String type, String name) {
        List<String> operations = new ArrayList<>();
        for (JsonNode acl : acls(service)) {
            JsonNode resource = acl.path("resource");
            String pattern = resource.path("name").asText();
            boolean matches = "prefix".equals(resource.path("patternType").asText())
                    ? name.startsWith(pattern)
                    : name.equals(pattern);
            if (matches && type.equals(resource.path("type").asText())) {
                acl.path("operations").forEach(operation -> operations.add(operation.asText()));
            }
        }
        return operations;
    }

    private static List<JsonNode> acls(String service) {
        JsonNode user = MANIFESTS.find("KafkaUser/p-postern-" + service).orElseThrow();
        return Manifests.elements(user.at("/spec/authorization/acls")).toList();
    }

    private static Properties properties(String service) {
        String module = service.equals("gateway") ? "gateway" : service + "-service";
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Checkout.text(module + "/src/main/resources/application.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
