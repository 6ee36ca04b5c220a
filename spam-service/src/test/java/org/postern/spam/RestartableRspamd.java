package org.postern.spam;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.Map;
import org.postern.testsupport.FreePorts;
import org.postern.testsupport.RestartablePart;

/** A real Rspamd that a test starts and stops, with a name server that knows no names; not running at first. */
public class RestartableRspamd implements QuarkusTestResourceLifecycleManager {
    private static final RestartablePart NAMED = RestartablePart.of("run-named", "POSTERN_DNS_PORT", Map.of());
    private static final RestartablePart RSPAMD = RestartablePart.of(
            "run-rspamd",
            "POSTERN_RSPAMD_PORT",
            Map.of(
                    "POSTERN_RSPAMD_CONTROLLER_PORT", Integer.toString(FreePorts.next()),
                    "POSTERN_DNS_PORT", Integer.toString(NAMED.port()),
                    "POSTERN_RSPAMD_SHORT_TLDS", "1"));

    @Override
    public Map<String, String> start() {
        try {
            NAMED.launch();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        // Nothing is learned here.
        return Map.of("postern.rspamd.url", "http://127.0.0.1:" + RSPAMD.port(), "postern.learning.enabled", "false");
    }

    /** Starts Rspamd and waits until it listens. */
    public static void launch() throws IOException {
        RSPAMD.launch();
    }

    /** Stops Rspamd and waits until nobody listens. */
    public static void kill() {
        RSPAMD.stop();
    }

    @Override
    public void stop() {
        kill();
        NAMED.stop();
    }
}
