package org.postern.message;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A mail server that keeps what it is given. */
public class MailServer implements QuarkusTestResourceLifecycleManager {
    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private static final LetterBox LETTERS = new LetterBox();

    @Override
    public Map<String, String> start() {
        SERVER.start();
        return Map.of(
                "postern.quarantine.release.host",
                "127.0.0.1",
                "postern.quarantine.release.port",
                Integer.toString(SERVER.getSmtp().getPort()),
                "postern.digest.host",
                "127.0.0.1",
                "postern.digest.port",
                Integer.toString(LETTERS.port()),
                "postern.digest.domains",
                "digest.example",
                "postern.digest.languages.\"digest.example\"",
                "fr",
                "postern.digest.origin",
                "https://postern.example.org",
                "postern.digest.from",
                "quarantine@example.org",
                "postern.digest.sweep-every",
                "P1D");
    }

    /** The letters to that reader from the null sender. */
    public static List<String> lettersTo(String reader) {
        return LETTERS.to(reader);
    }

    /** The mails to that mailbox, as they came in. */
    public static List<String> receivedBy(String address) {
        return SERVER.findReceivedMessages(user -> address.equals(user.getEmail()), message -> true)
                .map(MailServer::written)
                .toList();
    }

    /** The mails with that text, as they came in. */
    public static List<String> received(String text) {
        return Arrays.stream(SERVER.getReceivedMessages())
                .map(MailServer::written)
                .filter(mail -> mail.contains(text))
                .toList();
    }

    private static String written(MimeMessage mail) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            return bytes.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException | MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void stop() {
        SERVER.stop();
        LETTERS.close();
    }
}
