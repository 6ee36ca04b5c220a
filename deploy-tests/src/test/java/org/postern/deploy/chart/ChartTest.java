package org.postern.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.postern.deploy.Checkout;

/** The chart as a whole. */
class ChartTest {
    @SuppressWarnings("unused") // named below
    static final List<String> VALUES = Chart.VALUES;

    @Test
    void passesHelmsOwnStrictLint() {
        LintResult result = Chart.helm().lint().strict().call();
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void givesTheSameTextEachTime(String values) {
        assertThat(Chart.text(values)).isEqualTo(Chart.text(values));
    }

    @Test
    void bringsTheEnginesConfigurationWithIt(@TempDir Path folder) throws Exception {
        Chart.helm().packageIt().withDestination(folder).call();
        try (var made = Files.list(folder)) {
            String archive = made.findFirst().orElseThrow().toString();
            Process tar = new ProcessBuilder("tar", "-tzf", archive)
                    .redirectErrorStream(true)
                    .start();
            String listed = new String(tar.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(tar.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(listed)
                    .contains("postern/files/engines/clamav/clamd.conf.template")
                    .contains("postern/files/engines/rspamd/local.d/worker-normal.inc.template")
                    .contains("postern/files/samples/virus.eml")
                    .contains("postern/files/observability/alerts.yaml");
        }
    }

    /** What cannot be right is refused by name, before anything is installed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {gateway: {replicaz: 3}}                                        | replicaz
        {gateway: {replicas: 0}}                                        | replicas
        {gateway: {replicas: many}}                                     | replicas
        {gateway: {autoscaling: {kind: keda}}}                          | kind
        {gateway: {securityContact: 'call us'}}                         | securityContact
        {gateway: {securityContact: ''}}                                | gateway.securityContact is needed
        {oidc: {issuer: ''}}                                            | oidc.issuer is needed
        {database: {host: ''}}                                          | database.host is needed
        {database: {caSecret: c}}                                       | verify-full
        {database: {sslMode: maybe}}                                    | sslMode
        {keys: {existingSecret: ''}}                                    | keys.existingSecret is needed
        {kafka: {external: {bootstrapServers: ''}}}                     | kafka.external.bootstrapServers is needed
        {kafka: {external: {protocol: SSL}}}                            | kafka.external.userSecret is needed
        {kafka: {external: {protocol: SASL_SSL, saslMechanism: OAUTHBEARER, userSecret: s}}, scan: {autoscaling: {kind: keda}}} | OAUTHBEARER
        {store: {filesystem: {accessMode: Sometimes}}}                  | accessMode
        {store: {kind: floppy}}                                         | kind
        {scan: {resources: {limits: {cpu: 1}}}}                         | memory
        {scan: {image: {digest: 'sha256:abc'}}}                         | digest
        {rspamd: {localFiles: {'../evil.conf': 'x'}}}                   | is not the name of a file
        {rspamd: {existingSecret: ''}}                                  | rspamd.existingSecret is needed
        {redis: {enabled: false}}                                       | redis.external.host is needed
        {ingress: {enabled: true}}                                      | ingress.host is needed
        {networkPolicy: {peers: {kafka: {peers: []}}}}                  | peers
        {tests: {existingSecret: ''}}                                   | tests.existingSecret is needed
        """)
    void refusesWhatCannotBe(String over, String named) {
        String values = over.replace("limits: {cpu: 1}", "limits: {memory: null, cpu: 1}");
        assertThatThrownBy(() -> Chart.text("minimal", Checkout.parse(values))).hasMessageContaining(named);
    }
}
