package org.postern.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes letters from the null sender, which GreenMail refuses (it forgets a {@code MAIL FROM:<>}). A real Postfix takes them
 * in MilterE2E.
 */
final class LetterBox {
    private final ServerSocket server;
    private final List<Letter> letters = new CopyOnWriteArrayList<>();

    private record Letter(String from, String to, String text) {}

    LetterBox() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> to(String reader) {
        return letters.stream()
                .filter(letter -> letter.from().isEmpty() && letter.to().equals(reader))
                .map(Letter::text)
                .toList();
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException e) {
                // Closed, or a client hung up.
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String from = "?";
        String to = "?";
        say(socket, "220 letters");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("MAIL FROM:")) {
                from = path(line);
            } else if (line.startsWith("RCPT TO:")) {
                to = path(line);
            } else if (line.equals("DATA")) {
                say(socket, "354 go on");
                letters.add(new Letter(from, to, text(in)));
            }
            say(socket, "250 ok");
        }
    }

    private static String text(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return text.toString();
    }

    private static String path(String command) {
        return command.substring(command.indexOf('<') + 1, command.indexOf('>'));
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
