package org.postern.message.milter;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A mail server's side of the protocol, byte by byte, for what no mail server can be made to do. */
public final class MilterPeer implements AutoCloseable {
    /** All actions, and all of the protocol's options, as Postfix offers them. */
    public static final int ALL_ACTIONS = 0x1ff;

    public static final int ALL_OPTIONS = 0x1fffff;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** One reply: its letter and its data as text. */
    public record Said(char code, String data) {}

    public MilterPeer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(40_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    public void send(char code, byte[] data) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream bytes = new DataOutputStream(frame);
        bytes.writeInt(data.length + 1);
        bytes.writeByte(code);
        bytes.write(data);
        out.write(frame.toByteArray());
    }

    public void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Strings, each with its NUL. */
    public void send(char code, String... strings) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (String string : strings) {
            data.writeBytes(string.getBytes(StandardCharsets.UTF_8));
            data.write(0);
        }
        send(code, data.toByteArray());
    }

    public Said read() throws IOException {
        int length = in.readInt();
        byte[] data = new byte[length - 1];
        char code = (char) in.readByte();
        in.readFully(data);
        return new Said(code, new String(data, StandardCharsets.ISO_8859_1));
    }

    /** Everything up to the verdict. */
    public List<Said> answer() throws IOException {
        List<Said> all = new ArrayList<>();
        do {
            all.add(read());
        } while ("+-himqpbe".indexOf(all.getLast().code()) >= 0);
        return all;
    }

    public Said negotiate(int actions, int options) throws IOException {
        send(
                'O',
                ByteBuffer.allocate(12)
                        .putInt(6)
                        .putInt(actions)
                        .putInt(options)
                        .array());
        return read();
    }

    /** Greets as Postfix does for a client of that address. */
    public void connect(String ip) throws IOException {
        negotiate(ALL_ACTIONS, ALL_OPTIONS);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes("mail.example.com\0004".getBytes(StandardCharsets.US_ASCII));
        data.write(0x9c);
        data.write(0x40);
        data.writeBytes((ip + "\0").getBytes(StandardCharsets.US_ASCII));
        send('D', withCommand('C', "j", "mx.example.org", "{daemon_name}", "mx.example.org"));
        send('C', data.toByteArray());
        send('H', "mail.example.com");
    }

    public static byte[] withCommand(char command, String... strings) {
        return (command + String.join("\0", strings) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    public void envelope(String from, String... to) throws IOException {
        send('M', "<" + from + ">");
        for (String recipient : to) {
            send('R', "<" + recipient + ">");
        }
        send('D', withCommand('T', "i", "4XyzQ1"));
        send('T', new byte[0]);
    }

    /** A whole small message, up to its end. */
    public List<Said> message(String subject, String from, String... to) throws IOException {
        envelope(from, to);
        send('L', "From", " Ann <ann@example.com>");
        send('L', "Subject", " " + subject);
        send('N', new byte[0]);
        send('B', "Hello Bob.\r\n".getBytes(StandardCharsets.UTF_8));
        send('E', new byte[0]);
        return answer();
    }

    /** Whether the other side hung up. */
    public boolean isHungUpOn() throws IOException {
        try {
            while (in.read() >= 0) {
                // What was said before that does not matter.
            }
            return true;
        } catch (EOFException | java.net.SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
