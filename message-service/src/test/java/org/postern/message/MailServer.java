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

    @Override
    public Map<String, String> start() {
        SERVER.start();
        return Map.of(
                "postern.quarantine.release.host",
                "127.0.0.1",
                "postern.quarantine.release.port",
                Integer.toString(SERVER.getSmtp().getPort()));
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
    }
}
