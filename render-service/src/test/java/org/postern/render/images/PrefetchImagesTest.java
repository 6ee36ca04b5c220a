package org.postern.render.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.render.yaml.TrackerTable;

class PrefetchImagesTest {
    private final Set<String> fetched = ConcurrentHashMap.newKeySet();
    private final Map<ImageAddress, SafeImage> kept = new ConcurrentHashMap<>();
    private final ImageCache cache = new ImageCache() {
        @Override
        public Optional<SafeImage> find(ImageAddress address) {
            return Optional.ofNullable(kept.get(address));
        }

        @Override
        public void keep(ImageAddress address, SafeImage image) {
            kept.put(address, image);
        }
    };
    private final ShowImages images = new ShowImages(
            TrackerTable.own(),
            url -> {
                fetched.add(url);
                return new byte[] {1};
            },
            bytes -> SafeImage.NOTHING,
            cache,
            Clock.systemUTC(),
            Duration.ofMinutes(1),
            4);

    @Test
    void imagesAreThereBeforeAnybodyReads() {
        try (PrefetchImages prefetch =
                new PrefetchImages(images, Duration.ofMillis(20), RandomGenerator.getDefault(), 10)) {
            prefetch.later(List.of(address("/a.png"), address("/b.png")));

            Awaitility.await().until(() -> kept.size() == 2);
        }
        assertThat(fetched).containsExactlyInAnyOrder("http://i.example/a.png", "http://i.example/b.png");
    }

    @Test
    void moreThanThereIsRoomForIsLeftToBeFetchedWhenItIsRead() {
        try (PrefetchImages prefetch =
                new PrefetchImages(images, Duration.ofHours(1), RandomGenerator.getDefault(), 1)) {
            prefetch.later(List.of(address("/a.png"), address("/b.png"), address("/c.png")));
        }
        assertThat(fetched).isEmpty();
    }

    private static ImageAddress address(String path) {
        return new ImageAddress(Tenant.DEFAULT, "http://i.example" + path);
    }
}
