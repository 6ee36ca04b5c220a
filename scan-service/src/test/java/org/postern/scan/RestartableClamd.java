package org.postern.scan;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postern.testsupport.RestartablePart;

/** A real clamd that a test starts and kills; not running at first. */
public class RestartableClamd implements QuarkusTestResourceLifecycleManager {
    private static @Nullable RestartablePart clamd;

    /** After the clamd that the other tests share, so that it is this one whose address the service is told. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        clamd = RestartablePart.of("run-clamd", "POSTERN_CLAMD_PORT", Map.of());
        return Map.of("postern.clamd.host", "127.0.0.1", "postern.clamd.port", Integer.toString(clamd().port()));
    }

    private static RestartablePart clamd() {
        return Objects.requireNonNull(clamd, "nobody asked for a clamd");
    }

    /** Gives clamd more signatures, known from its next start. */
    public static void addSignatures(Path file) throws IOException {
        Files.copy(file, database().resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a file of signatures, which a running clamd takes up by itself; without text it is taken away. */
    public static void setSignatures(String file, String text) throws IOException {
        Path database = database();
        if (text.isEmpty()) {
            Files.deleteIfExists(database.resolve(file));
        } else {
            // Whole or not at all: clamd gives up on half a line.
            Path half = Files.writeString(database.resolve(file + ".tmp"), text);
            Files.move(half, database.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path database() throws IOException {
        return Files.createDirectories(clamd().folder().resolve("db"));
    }

    /** Starts clamd and waits until it listens. */
    public static void launch() throws IOException {
        clamd().launch();
    }

    /** Kills clamd, as a crash would. */
    public static void kill() {
        clamd().kill();
    }

    @Override
    public void stop() {
        kill();
    }
}
