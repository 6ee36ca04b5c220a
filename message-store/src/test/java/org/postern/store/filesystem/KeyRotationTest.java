package org.postern.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.store.ObjectCorruptException;
import org.postern.store.ObjectMissingException;
import org.postern.store.RotationResult;
import org.postern.store.StoreKey;

class KeyRotationTest {
    private static final String OLD_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final StoreKey BOTH = StoreKey.ofText(NEW_KEY + "\n" + OLD_KEY);

    @TempDir
    Path root;

    @Test
    void afterARotationTheOldKeyIsNeededNoMoreAndBodiesAreAsTheyWere() throws IOException {
        FilesystemMessageStore old = new FilesystemMessageStore(root, StoreKey.ofText(OLD_KEY));
        List<ObjectReference> objects = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            objects.add(put(old, Tenant.of(i % 2 == 0 ? "default" : "other"), "body " + i));
        }
        put(new FilesystemMessageStore(root, BOTH), Tenant.DEFAULT, "a new one");

        RotationResult result = new KeyRotation(root, BOTH).run();

        assertThat(result).isEqualTo(new RotationResult(20, 1, 0));
        FilesystemMessageStore renewed = new FilesystemMessageStore(root, StoreKey.ofText(NEW_KEY));
        for (int i = 0; i < objects.size(); i++) {
            assertThat(read(renewed, objects.get(i))).isEqualTo("body " + i);
        }
        assertThatThrownBy(() -> read(old, objects.getFirst())).isInstanceOf(ObjectCorruptException.class);
        assertThat(new KeyRotation(root, BOTH).run()).isEqualTo(new RotationResult(0, 21, 0));
    }

    @Test
    void whatWasWrittenHalfwayByOneThatWasKilledDoesNotMatter() throws IOException {
        FilesystemMessageStore old = new FilesystemMessageStore(root, StoreKey.ofText(OLD_KEY));
        ObjectReference object = put(old, Tenant.DEFAULT, "body");
        Path half = keyFile().resolveSibling(object.id() + ".key.rotated");
        Files.writeString(half, "{\"form");

        assertThat(new KeyRotation(root, BOTH).run()).isEqualTo(new RotationResult(1, 0, 0));

        assertThat(half).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
        assertThat(read(new FilesystemMessageStore(root, StoreKey.ofText(NEW_KEY)), object))
                .isEqualTo("body");
    }

    @Test
    void whatCannotBeUnwrappedIsLeftAsItIsAndSaid() throws IOException {
        FilesystemMessageStore old = new FilesystemMessageStore(root, StoreKey.ofText(OLD_KEY));
        ObjectReference object = put(old, Tenant.DEFAULT, "body");

        RotationResult result = new KeyRotation(root, StoreKey.ofText(NEW_KEY)).run();

        assertThat(result).isEqualTo(new RotationResult(0, 0, 1));
        assertThat(result.isComplete()).isFalse();
        assertThat(read(old, object)).isEqualTo("body");
    }

    @Test
    void aDamagedKeyFileIsSaidAndHoldsNothingUp() throws IOException {
        FilesystemMessageStore old = new FilesystemMessageStore(root, StoreKey.ofText(OLD_KEY));
        put(old, Tenant.DEFAULT, "body");
        Files.writeString(keyFile(), "{\"format\":1,");
        put(old, Tenant.of("other"), "another");

        assertThat(new KeyRotation(root, BOTH).run()).isEqualTo(new RotationResult(1, 0, 1));
    }

    @Test
    void whatIsErasedStaysErased() throws IOException {
        FilesystemMessageStore store = new FilesystemMessageStore(root, BOTH);
        ObjectReference object = put(store, Tenant.DEFAULT, "body");
        store.erase(Tenant.DEFAULT, object.id());

        assertThat(new KeyRotation(root, BOTH).run()).isEqualTo(new RotationResult(0, 0, 0));
        assertThatThrownBy(() -> read(store, object)).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void aStoreThatIsNotThereHasNothingToWrap() throws IOException {
        assertThat(new KeyRotation(root.resolve("none"), BOTH).run()).isEqualTo(new RotationResult(0, 0, 0));
    }

    private Path keyFile() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".key"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static ObjectReference put(FilesystemMessageStore store, Tenant tenant, String body) throws IOException {
        return store.put(tenant, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), 1_000);
    }

    private static String read(FilesystemMessageStore store, ObjectReference object) throws IOException {
        try (InputStream in = store.open(object)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
