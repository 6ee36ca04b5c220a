package org.postern.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real clamd with the seed signatures. */
public class Clamd implements QuarkusTestResourceLifecycleManager {
    private @Nullable PartProcess process;
    private @Nullable Path socket;

    @Override
    public Map<String, String> start() {
        try {
            int port = FreePorts.next();
            Path folder = PartProcess.folder("clamd");
            socket = folder.resolve("clamd.sock");
            process = PartProcess.run(
                    "run-clamd",
                    Map.of(
                            "POSTERN_PART_DIR",
                            folder.toString(),
                            "POSTERN_CLAMD_PORT",
                            "" + port,
                            "POSTERN_CLAMD_SOCKET",
                            socket.toString()),
                    port);
            return Map.of("postern.clamd.host", "127.0.0.1", "postern.clamd.port", "" + port);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The local socket it listens on besides its port. */
    public Path socket() {
        return Objects.requireNonNull(socket, "clamd was not started");
    }

    @Override
    public void stop() {
        if (process != null) {
            process.stop();
        }
    }
}
