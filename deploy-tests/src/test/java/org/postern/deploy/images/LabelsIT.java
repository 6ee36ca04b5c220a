package org.postern.deploy.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each image says of itself. */
class LabelsIT {
    @ParameterizedTest
    @MethodSource("org.postern.deploy.supply.ImagesTest#images")
    void saysWhatItIsAndWhoseItRuns(String image) {
        var config = Objects.requireNonNull(Images.inspect(image).getConfig());

        assertThat(config.getUser()).isEqualTo(Images.USER);
        assertThat(config.getLabels())
                .containsEntry("org.opencontainers.image.title", "postern " + image)
                .containsEntry("org.opencontainers.image.version", Images.version())
                .containsKey("org.opencontainers.image.licenses")
                .hasEntrySatisfying("org.opencontainers.image.revision", revision -> assertThat(revision)
                        .matches("[0-9a-f]{40}"));
    }
}
