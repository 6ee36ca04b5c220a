package org.postern.message.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.MailAddress;
import org.postern.message.digest.DigestUnsentException;

/** Against a server that answers as it is told. A real Postfix takes letters in MilterE2E. */
class SmtpDigestPostTest {
    private static final MailAddress BOB = MailAddress.of("bob@example.org");
    private static final byte[] LETTER = "Subject: x\r\n\r\n.dot\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void hands_a_letter_over_from_the_null_sender() throws Exception {
        answering(Map.of());

        assertThat(post().send(BOB, LETTER)).isTrue();

        assertThat(heard)
                .containsSubsequence(
                        "MAIL FROM:<>", "RCPT TO:<bob@example.org>", "DATA", "Subject: x", "", "..dot", ".");
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 5.1.1 gone", "MAIL, 554 5.7.1 no", "., 554 5.6.0 no"})
    void gives_up_on_what_is_refused_for_good(String command, String answer) throws Exception {
        answering(Map.of(command, answer));

        assertThat(post().send(BOB, LETTER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 452 4.2.2 full", "MAIL, 451 4.3.0 later", "., 451 4.3.0 later", "EHLO, 421 4.3.2 closing"})
    void waits_for_what_is_put_off(String command, String answer) {
        answering(Map.of(command, answer));

        assertThatThrownBy(() -> post().send(BOB, LETTER)).isInstanceOf(DigestUnsentException.class);
    }

    @Test
    void takes_what_was_taken_for_taken_where_the_server_does_not_wait_for_the_farewell() throws Exception {
        answering(Map.of("QUIT", "421 4.3.2 closing"));

        assertThat(post().send(BOB, LETTER)).isTrue();
    }

    @Test
    void waits_for_a_server_that_is_away() throws IOException {
        SmtpDigestPost post = post();
        server.close();

        assertThatThrownBy(() -> post.send(BOB, LETTER)).isInstanceOf(DigestUnsentException.class);
    }

    private SmtpDigestPost post() {
        return new SmtpDigestPost(
                new SmtpServer("127.0.0.1", server.getLocalPort(), "postern.localhost", Duration.ofSeconds(10)));
    }

    private void answering(Map<String, String> answers) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                talk(socket, answers);
            } catch (IOException e) {
                // The client hung up.
            }
        });
    }

    private void talk(Socket socket, Map<String, String> answers) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        say(socket, "220 hello");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            if (data && !line.equals(".")) {
                continue;
            }
            String command = line.split("[ :]")[0];
            data = command.equals("DATA");
            say(socket, answers.getOrDefault(line.equals(".") ? "." : command, data ? "354 go on" : "250 ok"));
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
