package org.postern.message.milter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.Client;
import org.postern.message.intake.IpLiteral;
import org.postern.message.intake.RefusedRequestException;

/** The host that a mail server says it talks to. What cannot be read of it is left out: it is evidence, not a condition. */
final class ConnectedClient {
    private static final int PORT_BYTES = 2;
    private static final int LONGEST_HELO = 255;

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
        hostname = hostname(new String(data, 0, end, java.nio.charset.StandardCharsets.ISO_8859_1));
        helo = null;
        byte family = data[end + 1];
        int address = end + 2 + PORT_BYTES;
        ip = (family == '4' || family == '6') && address < data.length ? ip(packet.strings(address)) : null;
    }

    void greeted(Packet packet) throws MalformedPacketException {
        List<byte[]> strings = packet.strings(0);
        String said = strings.isEmpty() ? "" : Packet.text(strings.getFirst());
        boolean visible =
                !said.isEmpty() && said.length() <= LONGEST_HELO && said.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        helo = visible ? said : null;
    }

    void left() {
        ip = null;
        hostname = null;
        helo = null;
    }

    Client client() {
        return new Client(ip, helo, hostname);
    }

    private static @Nullable String ip(List<byte[]> strings) {
        String text = strings.isEmpty() ? "" : Packet.text(strings.getFirst());
        String bare = text.regionMatches(true, 0, "IPv6:", 0, 5) ? text.substring(5) : text;
        try {
            return IpLiteral.canonical(bare);
        } catch (RefusedRequestException e) {
            return null;
        }
    }

    private static @Nullable String hostname(String text) {
        // "unknown" is what Postfix says of a client without a verified name, [192.0.2.1] what Sendmail says.
        if (text.equals("unknown") || text.startsWith("[")) {
            return null;
        }
        try {
            return DomainName.of(text).value();
        } catch (MalformedValueException e) {
            return null;
        }
    }
}
