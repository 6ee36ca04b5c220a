package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.deploy.Checkout;

/** The images are what the chart expects of them. */
class ImagesTest {
    private static final Pattern BUILT = Pattern.compile("images=\\((gateway[^)]*)\\)");

    /** The images that the script makes. */
    static List<String> images() {
        Matcher matcher = BUILT.matcher(Checkout.text("deploy/containers/build"));
        assertThat(matcher.find()).isTrue();
        return List.of(matcher.group(1).split(" ", -1));
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "clamav", "rspamd"})
    void runsAsNobodyAndEndsBySigterm(String name) {
        String file = Checkout.text("deploy/containers/" + name + ".Containerfile");
        assertThat(file)
                .contains("USER 10001:10001", "STOPSIGNAL SIGTERM")
                .contains("org.opencontainers.image.title", "org.opencontainers.image.version")
                .contains("org.opencontainers.image.revision", "org.opencontainers.image.licenses")
                .doesNotContain("latest", "curl ", "ADD ");
        // Without a shell, only the form of a list starts anything.
        assertThat(file.lines().filter(line -> line.matches("(CMD|ENTRYPOINT).*")))
                .hasSize(1)
                .allMatch(line -> line.matches("(CMD|ENTRYPOINT) \\[.*]"));
    }

    /** The chart mounts settings at /work/config and starts no command of its own for services. */
    @Test
    void findsItsSettingsWhereTheChartPutsThem() {
        assertThat(Checkout.text("deploy/containers/service.Containerfile")).contains("WORKDIR /work");
        assertThat(Checkout.text("k8s/postern/templates/deployments.yaml"))
                .contains("workingDir: /work", "mountPath: /work/config")
                .doesNotContain("command:");
    }

    /** Whatever program the chart starts in an engine's image is installed by its package there. */
    @Test
    void bringsTheProgramsThatTheChartStarts() {
        assertThat(Checkout.text("deploy/containers/clamav.Containerfile"))
                .contains("busybox", "clamav-daemon", "clamav-freshclam", "clamdscan")
                .contains("COPY --chmod=0755 mark-signatures /usr/local/bin/mark-signatures");
        assertThat(Checkout.text("deploy/containers/build"))
                .contains("cp -a deploy/engines/clamav/mark-signatures \"$context/\"");
        assertThat(Checkout.text("deploy/containers/rspamd.Containerfile"))
                .contains("rspamd", "LOCAL_CONFDIR=/etc/postern-rspamd");
    }

    @Test
    void thereIsOneForEachModuleThatIsAService() {
        assertThat(images())
                .containsAll(
                        Checkout.files(".", name -> name.matches("[a-z-]+/src/main/resources/application\\.properties"))
                                .stream()
                                .map(file -> Checkout.name(file).replaceFirst("/.*", ""))
                                .toList());
    }
}
