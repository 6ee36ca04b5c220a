package org.postern.deploy.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.deploy.Checkout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The images that {@code deploy/containers/build} has made, and the fence that all of them are run in. */
final class Images {
    /** Whoever runs in a container. */
    static final String USER = "10001:10001";

    /** Ended by SIGTERM; 137 would be: killed, since it did not end. */
    static final List<Long> ENDED = List.of(0L, 143L);

    private static final Pattern AMOUNT = Pattern.compile("(\\d+)(m|Mi|g|Gi)");
    private static final long MEBI = 1024L * 1024;

    private Images() {}

    static DockerImageName name(String image) {
        return DockerImageName.parse("postern/" + image + ":" + version());
    }

    static String version() {
        Matcher version = Pattern.compile("\\n  <version>(.*)</version>").matcher(Checkout.text("pom.xml"));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    static InspectImageResponse inspect(String image) {
        return docker().inspectImageCmd(name(image).asCanonicalNameString()).exec();
    }

    static DockerClient docker() {
        return DockerClientFactory.lazyClient();
    }

    /** Nobody's, read-only, without a capability or a way to one, and bounded: {@code 512m} or {@code 512Mi}. */
    static void fence(CreateContainerCmd command, String memory) {
        hostOf(command)
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withMemory(bytes(memory));
        command.withUser(USER);
    }

    static HostConfig hostOf(CreateContainerCmd command) {
        return Objects.requireNonNull(command.getHostConfig());
    }

    static long bytes(String memory) {
        Matcher amount = AMOUNT.matcher(memory);
        assertThat(amount.matches()).as(memory).isTrue();
        return Long.parseLong(amount.group(1))
                * MEBI
                * (amount.group(2).startsWith("m") || amount.group(2).startsWith("M") ? 1 : 1024);
    }

    /** Ends a container by SIGTERM and tells its exit code; it is killed after so many seconds. */
    static Long end(String id, int seconds) {
        docker().stopContainerCmd(id).withTimeout(seconds).exec();
        return Objects.requireNonNull(
                docker().inspectContainerCmd(id).exec().getState().getExitCodeLong());
    }

    static Long end(GenericContainer<?> container, int seconds) {
        return end(container.getContainerId(), seconds);
    }
}
