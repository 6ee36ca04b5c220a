package org.postern.testsupport;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real part of the suite that a test starts and ends as often as it likes; not running at first. */
public final class RestartablePart {
    private static final Duration GONE = Duration.ofSeconds(20);

    private final String script;
    private final Map<String, String> environment;
    private final Path folder;
    private final int port;
    private @Nullable PartProcess running;

    private RestartablePart(String script, Map<String, String> environment, Path folder, int port) {
        this.script = script;
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        this.port = port;
    }

    /**
     * One that keeps its folder and its port from one start to the next.
     *
     * @param script what runs it, in {@code deploy/local}
     * @param portName the variable that tells the script its port
     * @param environment what else the script is told
     */
    public static RestartablePart of(String script, String portName, Map<String, String> environment) {
        try {
            Path folder = PartProcess.folder(script);
            int port = FreePorts.next();
            Map<String, String> all = new HashMap<>(environment);
            all.put("POSTERN_PART_DIR", folder.toString());
            all.put(portName, Integer.toString(port));
            return new RestartablePart(script, all, folder, port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it and waits until it listens. */
    public void launch() throws IOException {
        running = PartProcess.run(script, environment, port);
    }

    /** Ends it as a crash would, and waits until nobody listens. */
    public void kill() {
        PartProcess process = running;
        if (process != null) {
            running = null;
            process.kill();
            awaitGone();
        }
    }

    /** Asks it to end, and waits until nobody listens. */
    public void stop() {
        PartProcess process = running;
        if (process != null) {
            running = null;
            process.stop();
            awaitGone();
        }
    }

    private void awaitGone() {
        Awaitility.await(script + " is gone").atMost(GONE).until(() -> !ListeningPort.takesConnections(port));
    }

    /** Where it listens while it runs, on the loopback interface. */
    public int port() {
        return port;
    }

    /** Where it keeps what it has. */
    public Path folder() {
        return folder;
    }
}
