package org.postern.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.store.CacheName;
import org.postern.store.CacheSpace;
import org.postern.store.SharedCache;
import org.postern.store.SharedCacheContract;
import org.postern.store.StoreKey;
import org.postern.store.StoreUnavailableException;

class FilesystemCacheTest implements SharedCacheContract {
    private static final StoreKey KEY = StoreKey.ofText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    @TempDir
    Path root;

    @Override
    public SharedCache cache() {
        return new FilesystemCache(root, CacheSpace.IMAGES, KEY);
    }

    @Override
    public SharedCache otherReplica() {
        return new FilesystemCache(root, CacheSpace.IMAGES, KEY);
    }

    @Override
    public void damage(CacheName name) throws IOException {
        byte[] stored = Files.readAllBytes(file(name));
        stored[stored.length - 1] ^= 1;
        Files.write(file(name), stored);
    }

    @Override
    public void swap(CacheName from, CacheName to) throws IOException {
        Files.createDirectories(file(to).getParent());
        Files.copy(file(from), file(to));
    }

    private Path file(CacheName name) {
        return root.resolve(".cache").resolve(name.hex().substring(0, 2)).resolve(name.hex());
    }

    @Test
    void nobody_else_on_the_machine_reads_it_and_whoever_does_sees_nothing() throws IOException {
        cache().keep(ONE, "plain words".getBytes(StandardCharsets.US_ASCII));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(ONE))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file(ONE), StandardCharsets.ISO_8859_1)).doesNotContain("plain");
    }

    @Test
    void each_space_is_trimmed_for_itself() throws IOException {
        SharedCache renditions = new FilesystemCache(root, CacheSpace.RENDITIONS, KEY);
        cache().keep(ONE, new byte[10]);
        renditions.keep(ONE, new byte[20]);

        assertThat(renditions.trim(Instant.MIN, 0)).isZero();

        assertThat(renditions.find(ONE)).isEmpty();
        assertThat(cache().find(ONE)).isPresent();
    }

    @Test
    void what_is_cached_is_no_object_of_the_store() throws IOException {
        FilesystemMessageStore store = new FilesystemMessageStore(root, KEY);
        cache().keep(ONE, new byte[10]);

        store.visit(Instant.MAX, found -> {
            throw new AssertionError("found " + found);
        });
        assertThat(store.eraseRemains(Instant.now().plusSeconds(60))).isZero();
        assertThat(cache().find(ONE)).isPresent();
    }

    @Test
    void nothing_unfinished_is_left() throws IOException {
        cache().keep(ONE, new byte[10]);
        cache().keep(ONE, new byte[20]);

        try (Stream<Path> files = Files.list(file(ONE).getParent())) {
            assertThat(files).containsExactly(file(ONE));
        }
    }

    @Test
    void a_folder_that_is_none_is_told_so() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        SharedCache broken = new FilesystemCache(file, CacheSpace.IMAGES, KEY);

        assertThatThrownBy(() -> broken.keep(ONE, new byte[1])).isInstanceOf(StoreUnavailableException.class);
    }
}
