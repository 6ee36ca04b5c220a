package org.postern.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real clamd with the seed signatures. */
public class Clamd implements QuarkusTestResourceLifecycleManager {
    private @Nullable PartProcess process;

    @Override
    public Map<String, String> start() {
        try {
            int port = FreePorts.next();
            process = PartProcess.run(
                    "run-clamd",
                    Map.of("POSTERN_PART_DIR", PartProcess.folder("clamd").toString(), "POSTERN_CLAMD_PORT", "" + port),
                    port);
            return Map.of("postern.clamd.host", "127.0.0.1", "postern.clamd.port", "" + port);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            process.stop();
        }
    }
}
