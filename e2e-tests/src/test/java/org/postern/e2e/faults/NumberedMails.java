package org.postern.e2e.faults;

import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.testsupport.Postfix;
import org.postern.testsupport.SmtpClient;

/**
 * Mails with a number each: four sorts in turn, each sort by REST and by a mail server. Whoever hands one in does as an honest
 * client does, and comes again where it is put off.
 *
 * @param run what the numbers are of
 * @param longest how long a mail may take until there is an answer to it
 */
record NumberedMails(String run, Postfix postfix, Duration longest) {
    /** How many numbers in turn make all sorts by all ways. */
    static final int KINDS = 8;

    private static final String FROM = "carol@example.com";
    private static final String TO = "bob@example.org";
    private static final Pattern FIELDS = Pattern.compile("(?m)^(X-Number|X-Postern-Disposition): (\\S+)");

    /** What the mail of that number is, and how it comes. */
    static String nameOf(int number) {
        return List.of("clean", "gtube", "eicar", "newsletter").get(number % 4)
                + (isByRest(number) ? " by REST" : " by SMTP");
    }

    private static boolean isByRest(int number) {
        return number % KINDS < 4;
    }

    /** Hands one in until it is accepted or refused for good: its message id, or the code of the last reply. */
    String handIn(int number) {
        // Once: a repetition must be the same mail.
        byte[] mail = mail(number);
        return isByRest(number) ? byRest(mail) : bySmtp(mail);
    }

    private String byRest(byte[] mail) {
        String key = run + "-" + UUID.randomUUID();
        return await().atMost(longest)
                .ignoreExceptions()
                .until(
                        () -> Door.operator()
                                .contentType("message/rfc822")
                                .header("Envelope-From", FROM)
                                .header("Envelope-To", TO)
                                .header("Idempotency-Key", key)
                                .body(mail)
                                .post("/v1/messages"),
                        response -> response.statusCode() == 202 || response.statusCode() == 200)
                .header("Location")
                .replaceFirst(".*/", "");
    }

    private String bySmtp(byte[] mail) {
        return await().atMost(longest)
                .ignoreExceptionsMatching(e -> !(e instanceof InterruptedException))
                .until(() -> SmtpClient.send(postfix.port(), mail, FROM, TO), reply -> !reply.startsWith("4"))
                .substring(0, 3);
    }

    /**
     * What became of each, once that is certain: the disposition, or the reply to the mail server and the dispositions of the
     * copies it delivered.
     *
     * @param answers what {@link #handIn} said to each number
     */
    List<String> outcomes(SortedMap<Integer, String> answers) {
        SortedMap<Integer, String> outcomes = new TreeMap<>();
        answers.forEach((number, answer) -> {
            if (isByRest(number)) {
                outcomes.put(number, settled(answer));
            }
        });
        Map<Integer, List<String>> copies = copies();
        answers.forEach((number, answer) -> {
            if (!isByRest(number)) {
                outcomes.put(number, answer + " " + copies.getOrDefault(number, List.of()));
            }
        });
        return List.copyOf(outcomes.values());
    }

    private String settled(String id) {
        // Nearly all are settled when they are first asked for.
        return await().pollDelay(Duration.ZERO)
                .atMost(longest)
                .ignoreExceptions()
                .until(
                        () -> {
                            Response answer = Door.operator().get("/v1/messages/" + id);
                            JsonPath message = answer.jsonPath();
                            return message.getBoolean("settled") ? message.getString("recipients[0].disposition") : "";
                        },
                        disposition -> !disposition.isEmpty());
    }

    /** The dispositions on the copies that are in the mailbox, of each number. */
    private Map<Integer, List<String>> copies() {
        Map<Integer, List<String>> copies = new TreeMap<>();
        for (String mail : postfix.delivered("bob")) {
            Map<String, String> fields = new TreeMap<>();
            Matcher field = FIELDS.matcher(mail);
            while (field.find()) {
                fields.putIfAbsent(field.group(1), field.group(2));
            }
            String number = fields.getOrDefault("X-Number", "");
            if (number.startsWith(run + "-")) {
                copies.computeIfAbsent(Integer.valueOf(number.substring(run.length() + 1)), n -> new ArrayList<>())
                        .add(fields.getOrDefault("X-Postern-Disposition", "none"));
            }
        }
        return copies;
    }

    private byte[] mail(int number) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(("X-Number: " + run + "-" + number + "\r\n").getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(
                switch (number % 4) {
                    case 0 -> Mails.clean();
                    case 1 -> Mails.gtube();
                    case 2 -> Mails.eicar();
                    default -> Mails.newsletter();
                });
        return mail.toByteArray();
    }
}
