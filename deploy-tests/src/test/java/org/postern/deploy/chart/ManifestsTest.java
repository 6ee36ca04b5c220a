package org.postern.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postern.deploy.Checkout;

/** Every manifest is what its API knows: an unknown field, which a cluster might drop silently, fails here. */
class ManifestsTest {
    @SuppressWarnings("unused") // named below
    static final List<String> VALUES = Chart.VALUES;

    private static final Map<String, Class<?>> MONITORING_AND_GATEWAY = Map.of(
            "ServiceMonitor", ServiceMonitor.class,
            "PrometheusRule", PrometheusRule.class,
            "HTTPRoute", HTTPRoute.class);

    /** Those models collect what they do not know; without the place to collect it in, it is an error. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    @ParameterizedTest
    @FieldSource("VALUES")
    void isWhatItsApiKnows(String values) {
        Manifests manifests = Chart.rendered(values);
        assertThat(manifests.all()).hasSizeGreaterThan(40);
        assertThat(manifests.all()).allSatisfy(ManifestsTest::validate);
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void isThereOnce(String values) {
        assertThat(Chart.rendered(values).all()).extracting(Manifests::id).doesNotHaveDuplicates();
    }

    @Test
    void findsAFieldThatDoesNotExist() {
        String deployment =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {replica: 1, selector: {},"
                        + " template: {}}}";
        assertThatThrownBy(() -> validate(Checkout.parse(deployment))).hasStackTraceContaining("replica");
        String monitor = "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {endpoint: []}}";
        assertThatThrownBy(() -> validate(Checkout.parse(monitor))).hasStackTraceContaining("endpoint");
        String topic = "{apiVersion: kafka.strimzi.io/v1beta2, kind: KafkaTopic, metadata: {name: x, labels: {}}, spec:"
                + " {partition: 1}}";
        assertThatThrownBy(() -> validate(Checkout.parse(topic))).hasStackTraceContaining("partition");
    }

    private static void validate(JsonNode manifest) {
        String group = manifest.path("apiVersion").asText().replaceFirst("/.*", "");
        try {
            switch (group) {
                case "v1", "apps", "batch", "policy", "autoscaling", "networking.k8s.io" -> kubernetes(manifest);
                case "monitoring.coreos.com", "gateway.networking.k8s.io" ->
                    STRICT.treeToValue(
                            manifest,
                            MONITORING_AND_GATEWAY.get(manifest.path("kind").asText()));
                case "kafka.strimzi.io", "keda.sh" -> bySchema(manifest);
                default -> throw new AssertionError("nothing here knows " + Manifests.id(manifest));
            }
        } catch (ReflectiveOperationException | java.io.IOException e) {
            throw new AssertionError(
                    Manifests.id(manifest), e instanceof InvocationTargetException i ? i.getCause() : e);
        }
    }

    private static void kubernetes(JsonNode manifest) throws ReflectiveOperationException {
        String version = manifest.path("apiVersion").asText().replaceFirst(".*/", "");
        String name = version.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + version.substring(1)
                + manifest.path("kind").asText();
        JsonElement element = JsonParser.parseString(manifest.toString());
        Class.forName("io.kubernetes.client.openapi.models." + name)
                .getMethod("validateJsonElement", JsonElement.class)
                .invoke(null, element);
    }

    /** The operators' own schemas are not to be had as a library: ours know the fields we use. */
    private static void bySchema(JsonNode manifest) {
        JsonNode schemas = Checkout.tree("deploy-tests/src/test/resources/operators.schema.json");
        JsonNode schema = schemas.at("/$defs/" + manifest.path("kind").asText());
        assertThat(schema.isObject())
                .as("a schema for %s", Manifests.id(manifest))
                .isTrue();
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
        assertThat(validator.validate(manifest)).as(Manifests.id(manifest)).isEmpty();
    }
}
