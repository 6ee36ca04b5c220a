package org.postern.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A port of the loopback interface that a process is about to listen on. */
public final class ListeningPort {
    private ListeningPort() {}

    /**
     * Waits until somebody takes connections on it.
     *
     * @param log where the process says why it does not
     * @throws IllegalStateException where the process has ended
     */
    public static void await(String name, int port, Process process, Path log, Duration longest) {
        Awaitility.await(name + " listens, see " + log).atMost(longest).until(() -> {
            boolean listens = takesConnections(port);
            if (!listens && !process.isAlive()) {
                throw new IllegalStateException(name + " ended, see " + log);
            }
            return listens;
        });
    }

    /** Whether somebody does. */
    static boolean takesConnections(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
