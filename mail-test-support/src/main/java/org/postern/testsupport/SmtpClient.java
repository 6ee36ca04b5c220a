package org.postern.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client of SMTP (RFC 5321) on the loopback interface, line by line: for what other clients do not do, such as to vanish in the
 * middle. Replies of several lines are read to their last one.
 */
public final class SmtpClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 90_000;

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    /** Connects and says hello as {@code mail.example.com}. */
    public SmtpClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
        try {
            reply();
            say("EHLO mail.example.com");
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Says a line; the last line of the reply. */
    public String say(String line) throws IOException {
        write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    /** Says a line. @throws IOException where the reply does not begin so */
    public void say(String line, String code) throws IOException {
        String reply = say(line);
        if (!reply.startsWith(code)) {
            throw new IOException("expected " + code + ", got " + reply.substring(0, Math.min(3, reply.length())));
        }
    }

    /** The envelope, up to where the mail is to begin. */
    public SmtpClient envelope(String from, String... to) throws IOException {
        say("MAIL FROM:<" + from + ">", "250");
        for (String recipient : to) {
            say("RCPT TO:<" + recipient + ">", "250");
        }
        say("DATA", "354");
        return this;
    }

    /** Bytes of a mail. Lines that begin with a dot are the caller's business. */
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** A whole mail, which ends with a line break, and its end; what is answered to it. */
    public String finish(byte[] mail) throws IOException {
        // Every byte a character.
        String lines = ("\r\n" + new String(mail, StandardCharsets.ISO_8859_1)).replace("\r\n.", "\r\n..");
        write((lines.substring(2) + ".\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return reply();
    }

    /** Hands a whole mail over; what is answered to it. */
    public static String send(int port, byte[] mail, String from, String... to) throws IOException {
        try (SmtpClient client = new SmtpClient(port)) {
            return client.envelope(from, to).finish(mail);
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
