package org.postern.spam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postern.engine.BodyTruncatedException;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.Finding;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailClass;

/** What every assessor does, whatever the engine. */
public interface AssessorContract {
    /** The assessor under test, its engine running with its test patterns, in a world whose DNS knows no name. */
    Assessor assessor();

    /** A mail with this text, which nobody signed. */
    static byte[] mail(String text) {
        return ("From: Alice <alice@example.org>\r\nTo: Bob <bob@example.org>\r\nSubject: Tuesday\r\n"
                        + "Date: Tue, 24 Nov 2026 02:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + text + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The GTUBE test mail, put together here so that the sources are not taken for it. */
    static byte[] gtube() {
        return mail("XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X");
    }

    @Test
    default void takesAPlainMailForHamAndVerifiesWhatThereIs() throws Exception {
        AssessmentResult result = assess(Body.of(mail("See you at ten, in the usual place.")));

        assertThat(result.mailClass()).isEqualTo(MailClass.HAM);
        assertThat(result.authentication().spf()).isEqualTo(AuthenticationResult.NONE);
        assertThat(result.authentication().dkim()).isEmpty();
        assertThat(result.authentication().dmarc()).isEqualTo(AuthenticationResult.NONE);
        assertThat(result.symbols()).isNotEmpty();
        assertThat(result.score()).isLessThan(result.threshold());
        assertThat(result.took()).isPositive();
    }

    @Test
    default void takesTheTestMailForSpamAndSaysWhy() throws Exception {
        AssessmentResult result = assess(Body.of(gtube()));

        assertThat(result.mailClass()).isEqualTo(MailClass.SPAM);
        assertThat(result.findings()).extracting(Finding::code).contains("test-pattern");
    }

    @Test
    default void tellsWhichEngineAnswered() throws Exception {
        AssessmentResult result = assess(Body.of(gtube()));

        assertThat(result.engine().name()).isEqualTo(assessor().engine());
        assertThat(result.engine().version()).isNotBlank();
    }

    @Test
    default void assessesABodyOfUnknownSize() throws Exception {
        AssessmentResult result = assess(Body.of(() -> new ByteArrayInputStream(gtube()), Body.UNKNOWN_SIZE));

        assertThat(result.mailClass()).isEqualTo(MailClass.SPAM);
    }

    @Test
    default void assessesAMailOfMegabytes() throws Exception {
        byte[] mail = mail("Many words. ".repeat(5).concat("\r\n").repeat(40_000));

        assertThat(assess(Body.of(mail)).mailClass()).isNotEqualTo(MailClass.INCONCLUSIVE);
    }

    @Test
    default void letsTheFailureOfTheBodyThrough() {
        IOException failure = new IOException("the store fails here");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(mail("x".repeat(100_000))), failing);

        assertThatThrownBy(() -> assess(Body.of(() -> body, 200_000))).isSameAs(failure);
    }

    @Test
    default void letsAFailureAtTheVeryEndOfTheBodyThrough() {
        byte[] mail = mail("whole, and not what it must be");
        IOException failure = new IOException("the hash is another");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };

        assertThatThrownBy(() -> assess(
                        Body.of(() -> new SequenceInputStream(new ByteArrayInputStream(mail), failing), mail.length)))
                .isSameAs(failure);
    }

    @Test
    default void letsTheFailureToOpenTheBodyThrough() {
        IOException failure = new IOException("there is no such object");

        assertThatThrownBy(() -> assess(Body.of(
                        () -> {
                            throw failure;
                        },
                        10)))
                .isSameAs(failure);
    }

    @Test
    default void doesNotAssessABodyThatIsShorterOrLongerThanItMustBe() {
        byte[] mail = mail("hello");

        assertThatThrownBy(() -> assess(Body.of(() -> new ByteArrayInputStream(mail), mail.length + 1)))
                .isInstanceOf(BodyTruncatedException.class);
        assertThatThrownBy(() -> assess(Body.of(() -> new ByteArrayInputStream(mail), mail.length - 1)))
                .isInstanceOf(BodyTruncatedException.class);
    }

    @Test
    default void isInconclusiveAboutNothing() throws Exception {
        AssessmentResult result = assess(Body.of(new byte[0]));

        assertThat(result.inconclusive()).isEqualTo(InconclusiveCause.ANSWER_NOT_UNDERSTOOD);
    }

    @Test
    default void isInconclusiveWhenTheDeadlineIsOver() throws Exception {
        AssessmentResult result = assessor().assess(Mail.of(Body.of(gtube())), Deadline.in(Duration.ZERO));

        assertThat(result.mailClass()).isEqualTo(MailClass.INCONCLUSIVE);
        assertThat(result.inconclusive()).isIn(InconclusiveCause.TIMED_OUT, InconclusiveCause.ENGINE_DOWN);
    }

    private AssessmentResult assess(Body body) throws IOException, InterruptedException {
        return assessor().assess(Mail.of(body), Deadline.in(Duration.ofSeconds(20)));
    }
}
