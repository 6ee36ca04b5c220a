package org.postern.message.milter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.Client;
import org.postern.message.desk.ToldClient;

/** The host that a mail server says it talks to. What cannot be read of it is left out: it is evidence, not a condition. */
final class ConnectedClient {
    private static final int PORT_BYTES = 2;

    private @Nullable String ip;
    private @Nullable String hostname;
    private @Nullable String helo;

    /** Takes {@code hostname NUL family [port address NUL]}. */
    void connected(Packet packet) throws MalformedPacketException {
        byte[] data = packet.data();
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        if (end + 1 >= data.length) {
            throw new MalformedPacketException("a connection of no family");
        }
        hostname = new String(data, 0, end, StandardCharsets.ISO_8859_1);
        helo = null;
        byte family = data[end + 1];
        int address = end + 2 + PORT_BYTES;
        ip = (family == '4' || family == '6') && address < data.length ? first(packet.strings(address)) : null;
    }

    void greeted(Packet packet) throws MalformedPacketException {
        helo = first(packet.strings(0));
    }

    void left() {
        ip = null;
        hostname = null;
        helo = null;
    }

    Client client() {
        return ToldClient.of(ip, helo, hostname);
    }

    private static @Nullable String first(List<byte[]> strings) {
        return strings.isEmpty() ? null : Packet.text(strings.getFirst());
    }
}
