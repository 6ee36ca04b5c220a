package org.postern.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of SMTP, line by line: for what swaks does not do, such as to vanish in the middle. */
final class SmtpClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 90_000;

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    SmtpClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
        reply();
        say("EHLO mail.example.com");
    }

    /** Says a line; the last line of the reply. */
    String say(String line) throws IOException {
        write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    /** The envelope, up to where the mail is to begin. */
    SmtpClient envelope(String from, String... to) throws IOException {
        expect("250", say("MAIL FROM:<" + from + ">"));
        for (String recipient : to) {
            expect("250", say("RCPT TO:<" + recipient + ">"));
        }
        expect("354", say("DATA"));
        return this;
    }

    /** Bytes of a mail. Lines that begin with a dot are the caller's business. */
    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Hands a whole mail over; what is answered to it. */
    static String send(int port, byte[] mail, String from, String... to) throws IOException {
        try (SmtpClient client = new SmtpClient(port).envelope(from, to)) {
            client.write(mail);
            return client.say(".");
        }
    }

    private static void expect(String code, String reply) {
        if (!reply.startsWith(code)) {
            throw new AssertionError("expected " + code + ", got " + reply);
        }
    }

    private String reply() throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("the server hung up");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
