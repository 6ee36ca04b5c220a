package org.postern.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.ObjectReference;
import org.postern.store.InventoryContract;
import org.postern.store.MessageStore;
import org.postern.store.ObjectCorruptException;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreInventory;
import org.postern.store.StoreKey;
import org.postern.store.StoreUnavailableException;

class FilesystemMessageStoreTest implements InventoryContract {
    private static final String OLD_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @TempDir
    Path folder;

    private Path root;
    private FilesystemMessageStore store;

    @BeforeEach
    void openStore() {
        root = folder.resolve("store");
        store = new FilesystemMessageStore(root, StoreKey.ofText(OLD_KEY));
    }

    @Override
    public MessageStore store() {
        return store;
    }

    @Override
    public StoreInventory inventory() {
        return store;
    }

    @Override
    public void losesItsKey(ObjectReference object) throws IOException {
        Files.delete(file(object, ".key"));
    }

    @Override
    public long remains() throws IOException {
        if (!Files.exists(root)) {
            return 0;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void nothing_of_a_body_can_be_read_from_the_disk() throws IOException {
        put("a canary that must not be seen ".repeat(100));
        try (Stream<Path> paths = Files.walk(root)) {
            assertThat(paths.filter(Files::isRegularFile))
                    .allSatisfy(path -> assertThat(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1))
                            .doesNotContain("canary"));
        }
    }

    @Test
    void only_the_owner_may_read_the_files() throws IOException {
        ObjectReference reference = put("private");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(reference, ".body"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(reference, ".key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_changed_byte_is_noticed() throws IOException {
        ObjectReference reference = put("x".repeat(200_000));
        byte[] bytes = Files.readAllBytes(file(reference, ".body"));
        bytes[150_000] ^= 1;
        Files.write(file(reference, ".body"), bytes);
        assertThatThrownBy(() -> read(reference)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void a_body_cut_short_is_noticed() throws IOException {
        ObjectReference reference = put("x".repeat(200_000));
        byte[] bytes = Files.readAllBytes(file(reference, ".body"));
        Files.write(file(reference, ".body"), Arrays.copyOf(bytes, 65_536));
        assertThatThrownBy(() -> read(reference)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void another_objects_key_file_does_not_pass() throws IOException {
        ObjectReference one = put("one");
        ObjectReference other = put("two");
        Files.copy(file(other, ".key"), file(one, ".key"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> read(one)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void a_damaged_key_file_is_corruption_and_not_a_crash() throws IOException {
        ObjectReference reference = put("one");
        Files.writeString(file(reference, ".key"), "{\"format\":1,");
        assertThatThrownBy(() -> read(reference)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void bytes_without_their_key_file_are_no_object() throws IOException {
        ObjectReference reference = put("one");
        Files.delete(file(reference, ".key"));
        assertThatThrownBy(() -> read(reference)).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void what_a_killed_rotation_of_keys_left_is_erased_with_the_object() throws IOException {
        ObjectReference reference = put("one");
        Files.copy(file(reference, ".key"), file(reference, ".key.rotated"));

        store.erase(reference.tenant(), reference.id());

        assertThat(remains()).isZero();
    }

    @Test
    void after_a_change_of_keys_old_objects_still_open_and_new_ones_use_the_new_key() throws IOException {
        ObjectReference old = put("old");
        store = new FilesystemMessageStore(root, StoreKey.ofText(NEW_KEY + "\n" + OLD_KEY + "\n"));
        ObjectReference young = put("new");
        assertThat(read(old)).asString(StandardCharsets.UTF_8).isEqualTo("old");
        store = new FilesystemMessageStore(root, StoreKey.ofText(NEW_KEY));
        assertThat(read(young)).asString(StandardCharsets.UTF_8).isEqualTo("new");
        assertThatThrownBy(() -> read(old)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void a_store_that_cannot_be_written_is_unavailable() throws IOException {
        Files.writeString(root, "a file where the folder should be");
        assertThatThrownBy(() -> put("one")).isInstanceOf(StoreUnavailableException.class);
    }

    private Path file(ObjectReference reference, String ending) {
        return root.resolve(reference.tenant().value())
                .resolve(reference.id().value().substring(0, 2))
                .resolve(reference.id() + ending);
    }
}
