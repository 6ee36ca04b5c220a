package org.postern.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.postern.deploy.Checkout;
import org.postern.deploy.chart.Manifests.Container;

/** What every workload of the chart has: bounds, probes, and nothing that it does not need. */
class WorkloadsTest {
    @SuppressWarnings("unused") // named below
    static final List<String> VALUES = Chart.VALUES;

    private static final Pattern PINNED = Pattern.compile(".+(:(?!latest$)[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$");

    @ParameterizedTest
    @FieldSource("VALUES")
    void isAdmittedByPodSecurityRestricted(String values) {
        assertThat(Chart.rendered(values).containers()).isNotEmpty().allSatisfy(container -> {
            JsonNode pod = container.pod().path("securityContext");
            assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.path("runAsUser").asInt()).isEqualTo(10001);
            assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            JsonNode own = container.container().path("securityContext");
            assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(own.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
            assertThat(own.at("/capabilities/add").isMissingNode()).isTrue();
            assertThat(container.pod().path("hostNetwork").asBoolean()).isFalse();
            assertThat(container.pod().path("hostPID").asBoolean()).isFalse();
            assertThat(container.pod().path("hostIPC").asBoolean()).isFalse();
            assertThat(container.pod().path("volumes"))
                    .allSatisfy(volume -> assertThat(volume.has("hostPath")).isFalse());
        });
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void holdsNoTokenOfTheCluster(String values) {
        assertThat(Chart.rendered(values).containers()).allSatisfy(container -> assertThat(
                        container.pod().path("automountServiceAccountToken").asBoolean(true))
                .as(container.toString())
                .isFalse());
    }

    /** Memory is bounded and CPU is asked for. A bound of CPU would throttle a JVM just while it compiles or collects. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void isBounded(String values) {
        assertThat(Chart.rendered(values).containers()).allSatisfy(container -> {
            JsonNode resources = container.container().path("resources");
            assertThat(resources.at("/limits/memory").asText())
                    .as(container.toString())
                    .isNotEmpty();
            assertThat(resources.at("/requests/memory").asText()).isNotEmpty();
            assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
            assertThat(Manifests.elements(container.pod().path("volumes")).filter(volume -> volume.has("emptyDir")))
                    .allSatisfy(volume -> assertThat(
                                    volume.at("/emptyDir/sizeLimit").asText())
                            .isNotEmpty());
        });
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void isProbedWhileItRuns(String values) {
        assertThat(Chart.rendered(values).containers().stream().filter(container -> !container.ends()))
                .allSatisfy(container -> {
                    JsonNode it = container.container();
                    assertThat(it.has("startupProbe")).as(container.toString()).isTrue();
                    assertThat(it.has("readinessProbe"))
                            .as(container.toString())
                            .isTrue();
                    assertThat(it.has("livenessProbe")).as(container.toString()).isTrue();
                    // Whoever is slow for a while is not killed for it: at least a minute of failures.
                    int patience = it.at("/livenessProbe/periodSeconds").asInt(10)
                            * it.at("/livenessProbe/failureThreshold").asInt(3);
                    assertThat(patience).as(container.toString()).isGreaterThanOrEqualTo(60);
                });
    }

    /** Liveness asks the process, readiness what it needs: an engine that is away must not restart a service. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void livesWithoutItsNeighbours(String values) {
        assertThat(Chart.rendered(values).containers().stream().filter(WorkloadsTest::isService))
                .hasSize(Chart.SERVICES.size())
                .allSatisfy(container -> {
                    JsonNode it = container.container();
                    assertThat(it.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
                    assertThat(it.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
                    assertThat(it.at("/livenessProbe/httpGet/port").asText()).isEqualTo("management");
                });
    }

    /** clamd loads its signatures anew for minutes: only an open socket is asked for, and ten minutes at the start. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void doesNotKillClamdWhileItLoads(String values) {
        JsonNode clamd = Chart.rendered(values).containers().stream()
                .map(Container::container)
                .filter(container -> "clamd".equals(container.path("name").asText()))
                .findFirst()
                .orElseThrow();
        assertThat(clamd.at("/livenessProbe/tcpSocket/port").asText()).isEqualTo("clamd");
        assertThat(clamd.at("/livenessProbe/exec").isMissingNode()).isTrue();
        assertThat(clamd.at("/startupProbe/periodSeconds").asInt()
                        * clamd.at("/startupProbe/failureThreshold").asInt())
                .isGreaterThanOrEqualTo(600);
    }

    /** What clamd's own answers do not tell, a file beside its signatures does: made before it loads them, and kept up. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void tellsOfSignaturesBesideThoseOfClamAv(String values) {
        JsonNode pod = Manifests.podOf(
                Chart.rendered(values).find("StatefulSet/p-postern-clamav").orElseThrow());
        JsonNode clamd = pod.at("/containers/0");
        assertThat(Manifests.elements(pod.path("initContainers"))
                        .filter(container -> container.at("/command/0").asText().equals("mark-signatures")))
                .singleElement()
                .satisfies(first -> assertThat(first.path("args").toString()).isEqualTo("[\"/var/lib/clamav\"]"));
        assertThat(Manifests.elements(pod.path("containers"))
                        .filter(container -> container.at("/command/0").asText().equals("mark-signatures")))
                .singleElement()
                .satisfies(own -> {
                    assertThat(own.path("args").toString())
                            .isEqualTo("[\"/var/lib/clamav\",\"127.0.0.1\",\"%s\"]"
                                    .formatted(
                                            clamd.at("/ports/0/containerPort").asText()));
                    assertThat(own.path("image")).isEqualTo(clamd.path("image"));
                });
    }

    /** clamd waits for the mirror, and the mirror must not wait for its schedule. */
    @Test
    void fillsTheMirrorAtOnceAndBySchedule() {
        Manifests manifests = Chart.rendered("ha");
        JsonNode first = manifests.ofKind("Job").findFirst().orElseThrow();
        JsonNode scheduled = manifests.find("CronJob/p-postern-clamav-mirror").orElseThrow();

        assertThat(Manifests.id(first)).startsWith("Job/p-postern-clamav-mirror-");
        assertThat(Manifests.podOf(first)).isEqualTo(Manifests.podOf(scheduled));
        assertThat(first.at("/spec/template/metadata/labels"))
                .isEqualTo(scheduled.at("/spec/jobTemplate/spec/template/metadata/labels"));
    }

    @Test
    void verifiesPostgresqlByTheAuthorityOfItsOwn() {
        JsonNode pod = Manifests.podOf(
                Chart.rendered("ha").find("Deployment/p-postern-message").orElseThrow());

        assertThat(Manifests.elements(pod.at("/containers/0/env"))
                        .filter(one -> one.path("name").asText().equals("QUARKUS_DATASOURCE_JDBC_URL")))
                .singleElement()
                .satisfies(url -> assertThat(url.path("value").asText())
                        .endsWith("?sslmode=verify-full&sslrootcert=/run/secrets/database-ca/ca.crt"));
        assertThat(Manifests.elements(pod.at("/containers/0/volumeMounts"))
                        .map(one -> one.path("mountPath").asText()))
                .contains("/run/secrets/database-ca");
        assertThat(Manifests.elements(pod.path("volumes"))
                        .map(one -> one.at("/secret/secretName").asText()))
                .contains("postern-rw-ca");
    }

    /** What KEDA calls the mechanisms, which is not what Kafka calls them. */
    @ParameterizedTest
    @CsvSource({"SCRAM-SHA-512, scram_sha512", "SCRAM-SHA-256, scram_sha256", "PLAIN, plaintext"})
    void isScaledByLagThroughSasl(String mechanism, String forKeda) {
        Manifests manifests = Chart.rendered(
                "external-kafka", Checkout.parse("{kafka: {external: {saslMechanism: " + mechanism + "}}}"));
        JsonNode trigger =
                manifests.find("ScaledObject/p-postern-scan").orElseThrow().at("/spec/triggers/0");

        assertThat(trigger.at("/metadata/sasl").asText()).isEqualTo(forKeda);
        assertThat(trigger.at("/metadata/tls").asText()).isEqualTo("enable");
        assertThat(Manifests.elements(manifests
                                .find("TriggerAuthentication/p-postern-scan-kafka")
                                .orElseThrow()
                                .at("/spec/secretTargetRef"))
                        .map(one -> one.path("key").asText()))
                .containsExactly("ca.crt", "username", "password");
    }

    /** A pod goes on serving until everybody knows that it is going, and then has time for what is in hand. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void drains(String values) {
        assertThat(Chart.rendered(values).containers().stream().filter(WorkloadsTest::isService))
                .allSatisfy(container -> {
                    int gap = container
                            .container()
                            .at("/lifecycle/preStop/sleep/seconds")
                            .asInt();
                    assertThat(gap).isGreaterThanOrEqualTo(5);
                    // Longer than a client may wait for a verdict (30 s).
                    assertThat(container
                                            .pod()
                                            .path("terminationGracePeriodSeconds")
                                            .asInt()
                                    - gap)
                            .isGreaterThanOrEqualTo(35);
                });
        assertThat(Chart.rendered(values)
                        .ofKind("Deployment")
                        .filter(deployment ->
                                !deployment.at("/metadata/name").asText().endsWith("clamav-mirror")))
                .allSatisfy(deployment -> assertThat(deployment
                                .at("/spec/strategy/rollingUpdate/maxUnavailable")
                                .asInt(1))
                        .as(Manifests.id(deployment))
                        .isZero());
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void runsAPinnedImage(String values) {
        assertThat(Chart.rendered(values).containers())
                .allSatisfy(container ->
                        assertThat(container.container().path("image").asText()).matches(PINNED));
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void hasABudgetASpreadAndAnAccountOfItsOwn(String values) {
        Manifests manifests = Chart.rendered(values);
        for (String service : Chart.SERVICES) {
            assertThat(manifests.find("PodDisruptionBudget/p-postern-" + service))
                    .isPresent();
            assertThat(manifests.find("ServiceAccount/p-postern-" + service)).isPresent();
            JsonNode pod = Manifests.podOf(
                    manifests.find("Deployment/p-postern-" + service).orElseThrow());
            assertThat(pod.path("serviceAccountName").asText()).isEqualTo("p-postern-" + service);
            assertThat(pod.path("topologySpreadConstraints")).hasSize(2);
        }
    }

    /** Secrets are named, never written: the chart makes none, and no plain value looks like one. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void holdsNoSecret(String values) {
        Manifests manifests = Chart.rendered(values);
        assertThat(manifests.ofKind("Secret")).isEmpty();
        assertThat(manifests.containers()).allSatisfy(container -> assertThat(
                        Manifests.elements(container.container().path("env")).filter(variable -> variable.has("value")))
                .allSatisfy(variable -> assertThat(variable.path("name").asText())
                        .doesNotMatch(".*(PASSWORD|SECRET|TOKEN|JAAS|_KEY)$")
                        .as(container.toString())));
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void isSelectedByItsOwnServiceAlone(String values) {
        Manifests manifests = Chart.rendered(values);
        assertThat(manifests.ofKind("Service")).allSatisfy(service -> {
            JsonNode selector = service.at("/spec/selector");
            List<String> selected = manifests.all().stream()
                    .filter(manifest ->
                            manifest.at("/spec/template/metadata/labels").isObject())
                    .filter(manifest -> selector.properties().stream().allMatch(label -> label.getValue()
                            .equals(manifest.at("/spec/template/metadata/labels")
                                    .get(label.getKey()))))
                    .map(Manifests::id)
                    .toList();
            assertThat(selected).as(Manifests.id(service)).hasSize(1);
        });
    }

    /** The test that an administrator runs: {@code ImagesIT} runs its script against the images. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void testsItselfWithTheFourSamples(String values) {
        Manifests manifests = Chart.rendered(values, Checkout.parse("{tests: {enabled: true, existingSecret: s}}"));
        JsonNode pod = manifests.find("Pod/p-postern-test").orElseThrow();
        assertThat(pod.at("/metadata/annotations/" + Chart.HOOK).asText()).isEqualTo("test");
        JsonNode data = manifests.find("ConfigMap/p-postern-test").orElseThrow().path("data");
        for (String sample : List.of("clean", "virus", "spam", "newsletter")) {
            assertThat(data.path(sample + ".eml").asText())
                    .isEqualTo(Checkout.text("deploy/local/samples/" + sample + ".eml"));
            assertThat(data.path("send-samples.sh").asText()).contains("check " + sample + " ");
        }
    }

    private static boolean isService(Container container) {
        return Chart.SERVICES.contains(container.container().path("name").asText());
    }
}
