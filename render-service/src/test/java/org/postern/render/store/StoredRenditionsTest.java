package org.postern.render.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.postern.render.kept.RenditionCacheContract.kept;
import static org.postern.render.kept.RenditionCacheContract.original;

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
import org.postern.render.kept.Original;
import org.postern.render.kept.RenditionCacheContract;
import org.postern.store.CacheName;
import org.postern.store.CacheSpace;
import org.postern.store.SharedCache;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemCache;

class StoredRenditionsTest implements RenditionCacheContract {
    private static final StoreKey KEY = StoreKey.ofText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final byte[] SECRET = new byte[32];
    private static final StoredRenditions.Limits LIMITS =
            new StoredRenditions.Limits(Duration.ofHours(24), 100_000, 1 << 20);
    private static final Original OTHER = original(Tenant.DEFAULT, "mail blocked", "From: b@example.org\n\nother");

    @TempDir
    Path folder;

    @Override
    public StoredRenditions cache() {
        return under("1", Clock.systemUTC());
    }

    @Override
    public StoredRenditions otherReplica() {
        return cache();
    }

    @Test
    void underOtherRulesNothingIsFound() {
        under("1", Clock.systemUTC()).keep(ONE, kept("<p>one</p>"));

        assertThat(under("2", Clock.systemUTC()).find(ONE)).isEmpty();
        assertThat(under("1", Clock.systemUTC()).find(ONE)).isPresent();
    }

    @Test
    void underAnotherKeyOfTheInstallationNothingIsFound() {
        cache().keep(ONE, kept("<p>one</p>"));
        byte[] other = SECRET.clone();
        other[0] = 1;

        assertThat(new StoredRenditions(shared(), other, "1", Clock.systemUTC(), LIMITS).find(ONE))
                .isEmpty();
    }

    /** Whoever took the folder and the key of the store, and knows the hash of the mail besides, has no mail. */
    @Test
    void whoHasTheStoreAndItsKeyAndNotTheMailReadsNothing() throws IOException {
        cache().keep(
                        original(Tenant.of("canary-tenant"), "of canary-reader", "canary in the mail"),
                        kept("<p>canary in the rendition</p>"));

        assertThat(files()).hasSize(1).allSatisfy(file -> {
            CacheName name = new CacheName(file.getFileName().toString());
            byte[] opened = shared().find(name).orElseThrow();
            assertThat(file.toString()).doesNotContain("canary");
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("canary", "example");
            assertThat(new String(opened, StandardCharsets.ISO_8859_1)).doesNotContain("canary", "example", "html");
        });
    }

    @Test
    void whatWasChangedIsNotThere() throws IOException {
        cache().keep(ONE, kept("<p>one</p>"));
        Path file = files().getFirst();
        byte[] stored = Files.readAllBytes(file);
        for (int i = 0; i < stored.length; i++) {
            byte[] changed = stored.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertThat(cache().find(ONE)).isEmpty();
        }
        for (int length : new int[] {0, 1, 20, stored.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(stored, length));
            assertThat(cache().find(ONE)).isEmpty();
        }
        Files.write(file, stored);
        assertThat(cache().find(ONE)).isPresent();
    }

    /** Who can write what passes for ours under the key of the store can still not make a rendition. */
    @Test
    void whatSomebodyElsePutThereUnderTheKeyOfTheStoreIsNotThere() throws IOException {
        cache().keep(ONE, kept("<p>one</p>"));
        CacheName one = new CacheName(files().getFirst().getFileName().toString());
        byte[] sealedForOne = shared().find(one).orElseThrow();
        cache().keep(OTHER, kept("<p>other</p>"));
        CacheName other = files().stream()
                .map(file -> new CacheName(file.getFileName().toString()))
                .filter(name -> !name.equals(one))
                .findFirst()
                .orElseThrow();

        shared().keep(other, sealedForOne);
        assertThat(cache().find(OTHER)).isEmpty();
        shared().keep(other, new byte[5]);
        assertThat(cache().find(OTHER)).isEmpty();
        shared().keep(other, "{\"at\":0}".getBytes(StandardCharsets.UTF_8));
        assertThat(cache().find(OTHER)).isEmpty();
    }

    @Test
    void whatIsTooOldIsNotFoundAndGoes() throws IOException {
        cache().keep(ONE, kept("<p>one</p>"));
        StoredRenditions later = under("1", at(Instant.now().plus(Duration.ofHours(25))));

        assertThat(later.find(ONE)).isEmpty();
        cache().trim();
        assertThat(cache().find(ONE)).isPresent();
        later.trim();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsTooMuchGoesAndWhatIsTooLargeDoesNotCome() throws IOException {
        cache().keep(ONE, kept("x".repeat(100_000)));
        assertThat(files()).isEmpty();

        cache().keep(ONE, kept("x".repeat(90_000)));
        new StoredRenditions(
                        shared(),
                        SECRET,
                        "1",
                        Clock.systemUTC(),
                        new StoredRenditions.Limits(Duration.ofHours(24), 1000, 1000))
                .trim();
        assertThat(files()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayKeepsNobodyFromReading() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StoredRenditions broken = new StoredRenditions(
                new FilesystemCache(file, CacheSpace.RENDITIONS, KEY), SECRET, "1", Clock.systemUTC(), LIMITS);

        assertThatCode(() -> broken.keep(ONE, kept("<p>one</p>"))).doesNotThrowAnyException();
        assertThat(broken.find(ONE)).isEmpty();
        assertThatCode(broken::trim).doesNotThrowAnyException();
    }

    private StoredRenditions under(String rules, Clock clock) {
        return new StoredRenditions(shared(), SECRET, rules, clock, LIMITS);
    }

    private SharedCache shared() {
        return new FilesystemCache(folder, CacheSpace.RENDITIONS, KEY);
    }

    private static Clock at(Instant instant) {
        return InstantSource.fixed(instant).withZone(ZoneOffset.UTC);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
