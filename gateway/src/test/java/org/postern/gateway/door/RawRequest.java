package org.postern.gateway.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Bytes as an attacker writes them. */
public final class RawRequest {
    private static final int PATIENCE_MILLIS = 1_000;

    private RawRequest() {}

    /**
     * Sends them and reads the answers until the door closes the connection or says no more.
     *
     * @param quiet after so long without a byte more it does not
     */
    public static String send(PlainDoor door, byte[] request, Duration quiet) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", door.at("/").getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            byte[] buffer = new byte[8192];
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                answer.write(buffer, 0, n);
                socket.setSoTimeout((int) quiet.toMillis());
            }
        } catch (SocketTimeoutException | SocketException e) {
            // It waits for more, or wants no more: both are its right.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
