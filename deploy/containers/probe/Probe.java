import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a service in the same container how it is: {@code Probe PORT PATH} ends with 0 where the answer is 200. */
final class Probe {
    private static final int PATIENCE = 4_000;

    private Probe() {}

    public static void main(String[] arguments) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            String request = "GET " + arguments[1] + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            System.exit(new String(status, StandardCharsets.US_ASCII).matches("HTTP/1\\.[01] 200") ? 0 : 1);
        }
    }
}
