package org.postern.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A Postfix that asks a milter: a connection and a mail by SMTP (RFC 5321), as other mail servers send them. */
final class BehindPostfix implements Target {
    private static final int TIMEOUT_MILLISECONDS = 60_000;

    private final String name;
    private final int port;

    BehindPostfix(String name, int port) {
        this.name = name;
        this.port = port;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String decide(byte[] mail) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLISECONDS);
            socket.setTcpNoDelay(true);
            Dialogue dialogue = new Dialogue(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)),
                    socket.getOutputStream());
            dialogue.expect('2');
            dialogue.say("EHLO mail.example.com", '2');
            // From outside, as mail is that a filter is asked about.
            dialogue.say("XCLIENT ADDR=192.0.2.10 NAME=mail.example.com", '2');
            dialogue.say("EHLO mail.example.com", '2');
            dialogue.say("MAIL FROM:<carol@example.com>", '2');
            dialogue.say("RCPT TO:<alice@example.org>", '2');
            dialogue.say("DATA", '3');
            String text = new String(mail, StandardCharsets.ISO_8859_1);
            String decision = dialogue.data(text.replace("\r\n.", "\r\n.."));
            dialogue.say("QUIT", '2');
            return decision;
        }
    }

    private record Dialogue(BufferedReader in, OutputStream out) {
        void say(String command, char reply) throws IOException {
            out.write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            expect(reply);
        }

        String expect(char reply) throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            if (line == null || line.isEmpty() || line.charAt(0) != reply) {
                throw new IOException("Postfix answered " + (line == null ? "nothing" : line.substring(0, 3)));
            }
            return line;
        }

        /** The code of the reply to all of it, which is what the milter decided. */
        String data(String text) throws IOException {
            out.write((text + ".\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            String line = in.readLine();
            if (line == null || line.length() < 3) {
                throw new IOException("Postfix answered nothing");
            }
            if (line.charAt(0) == '4') {
                throw new IOException("put off: " + line.substring(0, 3));
            }
            return line.substring(0, 3);
        }
    }
}
