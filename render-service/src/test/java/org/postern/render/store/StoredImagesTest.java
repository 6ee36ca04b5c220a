package org.postern.render.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.Tenant;
import org.postern.render.images.ImageAddress;
import org.postern.render.images.SafeImage;
import org.postern.store.CacheSpace;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemCache;

class StoredImagesTest {
    private static final StoreKey KEY = StoreKey.ofText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final byte[] SECRET = new byte[32];
    private static final ImageAddress ADDRESS = at("https://pictures.example/a.png?for=reader");
    private static final SafeImage IMAGE = image("pixels");

    @TempDir
    Path folder;

    @Test
    void what_one_replica_fetched_every_replica_shows() {
        replica().keep(ADDRESS, IMAGE);

        SafeImage found = replica().find(ADDRESS).orElseThrow();
        assertThat(found.bytes()).isEqualTo(IMAGE.bytes());
        assertThat(found.mediaType()).isEqualTo("image/png");
    }

    @Test
    void another_address_and_another_tenant_have_their_own() {
        replica().keep(ADDRESS, IMAGE);

        assertThat(replica().find(at("https://pictures.example/a.png"))).isEmpty();
        assertThat(replica().find(new ImageAddress(Tenant.of("other"), ADDRESS.url())))
                .isEmpty();
    }

    @Test
    void the_same_picture_under_many_addresses_is_kept_once() throws IOException {
        for (int i = 0; i < 10; i++) {
            replica().keep(at("https://pictures.example/" + i + ".png"), image("x".repeat(10_000)));
        }

        assertThat(files().stream().filter(file -> file.toFile().length() > 10_000))
                .hasSize(1);
        assertThat(replica().find(at("https://pictures.example/7.png"))).isPresent();
    }

    @Test
    void the_store_tells_neither_addresses_nor_pictures() throws IOException {
        replica().keep(ADDRESS, image("recognisable pixels"));

        assertThat(files()).isNotEmpty().allSatisfy(file -> {
            assertThat(file.toString()).doesNotContain("pictures.example");
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain("pictures.example", "reader", "recognisable");
        });
    }

    @Test
    void a_word_on_a_picture_that_is_gone_finds_nothing() throws IOException {
        replica().keep(ADDRESS, image("x".repeat(10_000)));
        for (Path file : files()) {
            if (file.toFile().length() > 10_000) {
                Files.delete(file);
            }
        }

        assertThat(replica().find(ADDRESS)).isEmpty();
    }

    @Test
    void what_is_too_old_or_too_much_goes() throws IOException {
        replica().keep(ADDRESS, IMAGE);
        images(Clock.systemUTC(), 1 << 20).trim();
        assertThat(replica().find(ADDRESS)).isPresent();

        images(later(), 1 << 20).trim();
        assertThat(files()).isEmpty();

        replica().keep(ADDRESS, IMAGE);
        images(Clock.systemUTC(), 10).trim();
        assertThat(files()).isEmpty();
    }

    @Test
    void a_picture_larger_than_everything_together_may_be_is_not_kept() throws IOException {
        images(Clock.systemUTC(), 10).keep(ADDRESS, image("more than ten bytes"));

        assertThat(files()).isEmpty();
    }

    @Test
    void a_store_that_is_away_keeps_nobody_from_reading() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StoredImages broken = new StoredImages(
                new FilesystemCache(file, CacheSpace.IMAGES, KEY),
                SECRET,
                Clock.systemUTC(),
                Duration.ofDays(8),
                1 << 20);

        assertThatCode(() -> broken.keep(ADDRESS, IMAGE)).doesNotThrowAnyException();
        assertThat(broken.find(ADDRESS)).isEmpty();
        assertThatCode(broken::trim).doesNotThrowAnyException();
    }

    private StoredImages replica() {
        return images(Clock.systemUTC(), 1 << 20);
    }

    private StoredImages images(Clock clock, long mostBytes) {
        return new StoredImages(
                new FilesystemCache(folder, CacheSpace.IMAGES, KEY), SECRET, clock, Duration.ofDays(8), mostBytes);
    }

    private static Clock later() {
        return InstantSource.fixed(Instant.now().plus(Duration.ofDays(9))).withZone(ZoneOffset.UTC);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static ImageAddress at(String url) {
        return new ImageAddress(Tenant.DEFAULT, url);
    }

    private static SafeImage image(String pixels) {
        return new SafeImage("image/png", pixels.getBytes(StandardCharsets.US_ASCII));
    }
}
