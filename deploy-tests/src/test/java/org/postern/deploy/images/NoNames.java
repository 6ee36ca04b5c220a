package org.postern.deploy.images;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A name server that knows no name (RFC 1035, response code 3). Where there is none at all Rspamd waits for one, and holds it
 * against every sender.
 */
final class NoNames implements AutoCloseable {
    private static final int HEADER = 12;
    // After the name of a question: its type and its class.
    private static final int TYPE_AND_CLASS = 4;
    private static final int LARGEST = 1500;

    private final DatagramSocket socket;

    NoNames(int port) throws IOException {
        socket = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
    }

    private void answer() {
        byte[] buffer = new byte[LARGEST];
        while (!socket.isClosed()) {
            try {
                DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
                socket.receive(asked);
                if (asked.getLength() > HEADER) {
                    byte[] answer = unknown(Arrays.copyOf(buffer, asked.getLength()));
                    socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
                }
            } catch (IOException closed) {
                // By the test, or a client that has gone.
            }
        }
    }

    private static byte[] unknown(byte[] query) {
        int end = HEADER;
        while (end < query.length && query[end] != 0) {
            end += query[end] + 1;
        }
        byte[] answer = Arrays.copyOf(query, Math.min(query.length, end + 1 + TYPE_AND_CLASS));
        answer[2] = (byte) (0x80 | query[2]);
        answer[3] = (byte) 0x83;
        // One question, and nothing to say about it.
        Arrays.fill(answer, 6, HEADER, (byte) 0);
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
