package org.postern.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.ObjectReference;
import org.postern.store.InventoryContract;
import org.postern.store.MessageStore;
import org.postern.store.MessageStoreContract;
import org.postern.store.ObjectCorruptException;
import org.postern.store.ObjectMissingException;
import org.postern.store.RotationResult;
import org.postern.store.StoreInventory;
import org.postern.store.StoreKey;
import org.postern.store.StoreUnavailableException;
import org.postern.store.filesystem.FilesystemMessageStore;

/** Against a service that speaks S3 over HTTP and checks what is signed. */
class S3MessageStoreTest implements InventoryContract {
    private static final String OLD_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @TempDir
    static Path folder;

    private static S3Service service;

    private final String prefix = UUID.randomUUID() + "/";
    private Path scratch;
    private Bucket bucket;
    private S3MessageStore store;

    @BeforeAll
    static void startService() {
        service = S3Service.start();
    }

    @AfterAll
    static void stopService() throws IOException {
        service.close();
    }

    @BeforeEach
    void openStore() throws IOException {
        scratch = Files.createDirectories(folder.resolve("scratch-" + UUID.randomUUID()));
        bucket = service.bucket(prefix);
        store = open(OLD_KEY);
    }

    @AfterEach
    void nothingOfABodyStaysOnTheMachine() throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            assertThat(files).isEmpty();
        }
        store.close();
        bucket.close();
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
    public long remains() throws IOException {
        return names().size();
    }

    @Override
    public void losesItsKey(ObjectReference object) throws IOException {
        bucket.delete(path(object) + ".key");
    }

    @Test
    void nothing_of_a_body_can_be_read_in_the_bucket() throws IOException {
        put("a canary that must not be seen ".repeat(100));

        for (String name : names()) {
            assertThat(new String(bucket.read(name).orElseThrow(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("canary");
        }
    }

    @Test
    void a_changed_byte_is_noticed() throws IOException {
        ObjectReference reference = put("x".repeat(200_000));
        byte[] bytes = bucket.read(path(reference) + ".body").orElseThrow();
        bytes[150_000] ^= 1;
        bucket.put(path(reference) + ".body", bytes);
        assertThatThrownBy(() -> read(reference)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void a_body_without_its_key_is_no_object() throws IOException {
        ObjectReference reference = put("one");
        losesItsKey(reference);
        assertThatThrownBy(() -> read(reference)).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void another_objects_key_does_not_pass() throws IOException {
        ObjectReference one = put("one");
        ObjectReference other = put("two");
        bucket.put(path(one) + ".key", bucket.read(path(other) + ".key").orElseThrow());
        assertThatThrownBy(() -> read(one)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void who_stops_reading_early_gives_the_connection_up() throws IOException {
        ObjectReference reference =
                store.put(TENANT, new ByteArrayInputStream(MessageStoreContract.randomBytes(9_000_000)), LIMIT);
        for (int i = 0; i < 100; i++) {
            try (InputStream in = store.open(reference)) {
                assertThat(in.read()).isNotNegative();
            }
        }
        assertThat(read(reference)).hasSize(9_000_000);
    }

    @Test
    void objects_can_be_copied_from_a_store_in_a_folder() throws IOException {
        Path root = folder.resolve("to-be-moved");
        ObjectReference reference = new FilesystemMessageStore(root, StoreKey.ofText(OLD_KEY))
                .put(TENANT, new ByteArrayInputStream("moved".getBytes(StandardCharsets.UTF_8)), LIMIT);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bucket.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        assertThat(read(reference)).asString(StandardCharsets.UTF_8).isEqualTo("moved");
    }

    @Test
    void after_a_rotation_the_old_key_is_needed_no_more() throws IOException {
        ObjectReference reference = put("kept");
        store.close();
        store = open(NEW_KEY + "\n" + OLD_KEY);
        ObjectReference young = put("young");

        assertThat(store.wrapKeysAnew()).isEqualTo(new RotationResult(1, 1, 0));

        store.close();
        store = open(NEW_KEY);
        assertThat(read(reference)).asString().isEqualTo("kept");
        assertThat(read(young)).asString().isEqualTo("young");
        assertThat(store.wrapKeysAnew()).isEqualTo(new RotationResult(0, 2, 0));
    }

    @Test
    void a_rotation_says_what_it_cannot_read_and_leaves_it() throws IOException {
        put("kept");
        S3MessageStore other = open(NEW_KEY);
        assertThat(other.wrapKeysAnew()).isEqualTo(new RotationResult(0, 0, 1));
        other.close();
        assertThat(remains()).isEqualTo(2);
    }

    @Test
    void a_service_that_is_away_or_refuses_us_is_unavailable() {
        assertThatThrownBy(() -> S3MessageStore.open(
                        S3Service.settings("http://127.0.0.1:1", S3Service.BUCKET, ""),
                        S3Service.credentials(),
                        StoreKey.ofText(OLD_KEY),
                        scratch))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> S3MessageStore.open(
                                service.settings(prefix),
                                S3Service.credentials("another"),
                                StoreKey.ofText(OLD_KEY),
                                scratch)
                        .put(TENANT, new ByteArrayInputStream(new byte[1]), LIMIT))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void a_bucket_that_is_not_there_is_unavailable_and_not_an_object_that_is_missing() throws IOException {
        ObjectReference reference = put("somewhere");
        try (Bucket none = Bucket.connect(
                S3Service.settings(service.settings("").endpoint().orElseThrow(), "nowhere", ""),
                S3Service.credentials())) {
            assertThatThrownBy(() -> none.read(path(reference) + ".key")).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void a_bucket_that_keeps_versions_is_refused_because_nothing_in_it_could_be_erased() {
        S3Settings versions =
                S3Service.settings(service.settings("").endpoint().orElseThrow(), S3Service.BUCKET_WITH_VERSIONS, "");
        assertThatThrownBy(
                        () -> S3MessageStore.open(versions, S3Service.credentials(), StoreKey.ofText(OLD_KEY), scratch))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("versions");
    }

    @Test
    void a_thread_that_is_interrupted_keeps_nothing() throws IOException {
        InputStream interrupted = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new InterruptedIOException("stopped");
            }
        };
        assertThatThrownBy(() -> store.put(TENANT, interrupted, LIMIT)).isInstanceOf(InterruptedIOException.class);
        assertThat(remains()).isZero();
    }

    private S3MessageStore open(String keys) throws IOException {
        return S3MessageStore.open(service.settings(prefix), S3Service.credentials(), StoreKey.ofText(keys), scratch);
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        bucket.list((name, writtenAt) -> names.add(name));
        return names;
    }

    private static String path(ObjectReference reference) {
        return reference.tenant() + "/" + reference.id().value().substring(0, 2) + "/" + reference.id();
    }
}
