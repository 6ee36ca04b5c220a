package org.postern.spam.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.Symbol;
import org.postern.spam.Assessor;
import org.postern.spam.Body;
import org.postern.spam.Learner.Lesson;
import org.postern.spam.Mail;
import org.postern.testsupport.RspamdEngine;

/** With a real Rspamd and a real Redis. In an order, because what was learned stays learned. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RspamdLearnerIT {
    private static final RspamdEngine RSPAMD = new RspamdEngine();
    private static final String[] WANTED = ("meeting agenda minutes quarterly roadmap budget review colleague project"
                    + " deadline schedule document feedback proposal workshop draft notes planning")
            .split(" ");
    private static final String[] UNWANTED =
            ("casino bonus jackpot roulette winning spins deposit payout gambling betting"
                            + " tables dealer vegas chips lucky fortune slots voucher")
                    .split(" ");
    private static final Random RANDOM = new Random(4);

    private static Assessor assessor;
    private static RspamdLearner learner;
    private static URI controller;
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> config = RSPAMD.start();
        assessor = RspamdAssessorTest.assessorAt(URI.create(config.get("postern.rspamd.url")));
        controller = URI.create(config.get("postern.learning.controller"));
        folder = Path.of(config.get("postern.learning.password-file"));
        learner = new RspamdLearner(client(), controller, Files.readString(folder));
    }

    @AfterAll
    static void stop() {
        RSPAMD.stop();
    }

    @Test
    @Order(1)
    void saysNothingOfItsOwnBeforeItHasLearnedEnough() throws Exception {
        assertThat(symbols(mail(UNWANTED))).noneMatch(startsWith("BAYES"));
    }

    @Test
    @Order(2)
    void knowsNewMailOfAClassThatItWasTaught() throws Exception {
        for (int i = 0; i < RspamdEngine.MIN_LEARNS + 1; i++) {
            assertThat(learner.learn(Body.of(mail(UNWANTED)), FeedbackClass.SPAM, soon()))
                    .isEqualTo(Lesson.LEARNED);
            assertThat(learner.learn(Body.of(mail(WANTED)), FeedbackClass.HAM, soon()))
                    .isEqualTo(Lesson.LEARNED);
        }

        assertThat(symbols(mail(UNWANTED))).contains("BAYES_SPAM");
        assertThat(symbols(mail(WANTED))).contains("BAYES_HAM");
    }

    @Test
    @Order(3)
    void repeatsAWordWithoutEffectAndTakesItBackByTheOpposite() throws Exception {
        byte[] mail = mail("zephyr quokka marzipan obelisk tundra lagoon saffron mosaic velvet harbour".split(" "));

        for (int i = 0; i < 3; i++) {
            assertThat(learner.learn(Body.of(mail), FeedbackClass.SPAM, soon())).isEqualTo(Lesson.LEARNED);
        }
        assertThat(symbols(mail)).contains("BAYES_SPAM");

        assertThat(learner.learn(Body.of(mail), FeedbackClass.HAM, soon())).isEqualTo(Lesson.LEARNED);
        assertThat(symbols(mail)).contains("BAYES_HAM").doesNotContain("BAYES_SPAM");
    }

    @Test
    @Order(4)
    void learnsAMailThatItWouldHaveKnownByItself() throws Exception {
        byte[] mail = mail(UNWANTED);
        assertThat(symbols(mail)).contains("BAYES_SPAM");

        assertThat(learner.learn(Body.of(mail), FeedbackClass.SPAM, soon())).isEqualTo(Lesson.LEARNED);
    }

    @Test
    @Order(5)
    void saysSoWhereThereIsTooLittleToLearn() throws Exception {
        byte[] mail = "From: <a@example.org>\r\nSubject: x\r\n\r\nhi\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(learner.learn(Body.of(mail), FeedbackClass.SPAM, soon())).isEqualTo(Lesson.TOO_SHORT);
    }

    @Test
    @Order(6)
    void waitsWhereThePasswordIsWrong() throws Exception {
        RspamdLearner stranger = new RspamdLearner(client(), controller, "wrong");

        assertThat(stranger.learn(Body.of(mail(WANTED)), FeedbackClass.HAM, soon()))
                .isEqualTo(Lesson.AWAY);
        assertThat(stranger.works()).isFalse();
    }

    @Test
    @Order(7)
    void leavesNoAddressAndNoMessageIdInTheLogOfRspamd() throws Exception {
        String log = Files.readString(RSPAMD.log());

        assertThat(log).isNotEmpty().doesNotContain("@");
    }

    @Test
    @Order(8)
    void learnsNothingAndAssessesWhileRedisIsAway() throws Exception {
        assertThat(learner.works()).isTrue();
        RSPAMD.stopRedis();

        assertThat(learner.learn(Body.of(mail(UNWANTED)), FeedbackClass.SPAM, soon()))
                .isNotEqualTo(Lesson.LEARNED);
        assertThat(learner.works()).isFalse();
        AssessmentResult result = assess(mail(UNWANTED));
        assertThat(result.inconclusive()).isNull();
        assertThat(result.symbols()).extracting(Symbol::name).noneMatch(startsWith("BAYES"));
    }

    private static Predicate<String> startsWith(String start) {
        return name -> name.startsWith(start);
    }

    private static java.util.List<String> symbols(byte[] mail) throws Exception {
        return assess(mail).symbols().stream().map(Symbol::name).toList();
    }

    private static AssessmentResult assess(byte[] mail) throws Exception {
        return assessor.assess(Mail.of(Body.of(mail)), Deadline.in(Duration.ofSeconds(20)));
    }

    private static byte[] mail(String[] words) {
        StringBuilder text = new StringBuilder("From: <someone@example.org>\r\nTo: <b@example.org>\r\nSubject: ")
                .append(words[RANDOM.nextInt(words.length)])
                .append("\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\nMessage-ID: <")
                .append(RANDOM.nextInt(1 << 30))
                .append("@example.org>\r\n\r\n");
        for (int i = 1; i <= 60; i++) {
            text.append(words[RANDOM.nextInt(words.length)]).append(i % 10 == 0 ? "\r\n" : " ");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(60));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }
}
