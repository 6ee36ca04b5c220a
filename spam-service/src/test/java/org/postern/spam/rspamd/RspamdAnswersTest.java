package org.postern.spam.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.Client;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.Finding;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.SenderAuthentication;
import org.postern.spam.AssessorContract;
import org.postern.spam.Body;
import org.postern.spam.Mail;
import org.postern.spam.rspamd.FakeRspamd.Reaction;

/**
 * Each {@code answers/NAME.json} is an answer of Rspamd, and {@code answers/NAME.txt} what is to be made of it. Those whose
 * name begins with {@code client-unknown} answer a question without the client's address.
 */
class RspamdAnswersTest {
    private static final Path CASES = Path.of("src/test/resources/answers");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesToWhatItsFileSays(String name) throws Exception {
        String ip = name.startsWith("client-unknown") ? null : "192.0.2.1";
        Body body = Body.of(AssessorContract.mail("hello"));
        Mail mail = new Mail(body, null, List.of(), new Client(ip, null, null), null);

        try (FakeRspamd rspamd = new FakeRspamd(asked -> RspamdAssessorTest.answer(name), Reaction.ANSWER)) {
            AssessmentResult result =
                    RspamdAssessorTest.assessorAt(rspamd.url()).assess(mail, Deadline.in(Duration.ofSeconds(10)));

            assertThat(told(result)).isEqualTo(Files.readString(CASES.resolve(name + ".txt")));
            assertThat(result.findings()).allSatisfy(finding -> {
                assertThat(finding.limits()).isNotBlank();
                assertThat(finding.translations()).containsKey("fr");
            });
        }
    }

    private static String told(AssessmentResult result) {
        InconclusiveCause cause = result.inconclusive();
        if (cause != null) {
            return result.mailClass().word() + ": " + cause.word() + "\n";
        }
        SenderAuthentication sender = result.authentication();
        return "class: " + result.mailClass().word()
                + "\nspf: " + sender.spf().word()
                + "\ndkim: "
                + sender.dkim().stream().map(RspamdAnswersTest::told).collect(Collectors.joining(", "))
                + "\ndmarc: " + sender.dmarc().word() + ", policy " + sender.dmarcPolicy()
                + "\narc: " + sender.arc().word()
                + "\nfindings: "
                + result.findings().stream().map(Finding::code).collect(Collectors.joining(", "))
                + "\n";
    }

    private static String told(DkimSignature signature) {
        return signature.domain() + " " + signature.selector() + " "
                + signature.result().word();
    }
}
