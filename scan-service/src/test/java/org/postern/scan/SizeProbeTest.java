package org.postern.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.SizeProbe.Answer;

class SizeProbeTest {
    private static final EngineVersion ENGINE = EngineVersion.named("fake");
    private static final long LARGEST = 3_000_000;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private long taken;

    @Test
    void givesTheEngineABodyOfThatSizeWhileOthersAskOn() {
        SizeProbe probe = probe(clean(), Duration.ZERO);

        assertThat(probe.answer()).isEqualTo(Answer.NOT_ASKED);
        assertThat(probe.answer()).isEqualTo(Answer.NOT_ASKED);
        assertThat(waiting).as("one body at a time").hasSize(1);
        waiting.remove().run();

        assertThat(probe.answer()).isEqualTo(Answer.TAKEN);
        assertThat(taken).isEqualTo(LARGEST);
        assertThat(waiting).as("that is known now").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = UnscannableReason.class,
            names = {"TOO_LARGE", "LIMIT"})
    void isRefusedWhereTheEngineSaysThatItIsTooMuch(UnscannableReason reason) {
        assertThat(answerTo(new ScanResult(ScanVerdict.UNSCANNABLE, reason, null, List.of(), ENGINE, Duration.ZERO)))
                .isEqualTo(Answer.REFUSED);
    }

    @Test
    void isRefusedWhereTheEngineHangsUp() {
        assertThat(answerTo(inconclusive(InconclusiveCause.ANSWER_NOT_UNDERSTOOD)))
                .isEqualTo(Answer.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = InconclusiveCause.class,
            names = {"ENGINE_DOWN", "TIMED_OUT"})
    void isNotKnownWhereTheEngineIsAwayOrSlow(InconclusiveCause cause) {
        assertThat(answerTo(inconclusive(cause))).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void asksAgainAfterAPauseWhereItWasRefused() {
        SizeProbe probe = probe(inconclusive(InconclusiveCause.ANSWER_NOT_UNDERSTOOD), Duration.ZERO);
        probe.answer();
        waiting.remove().run();

        assertThat(probe.answer()).isEqualTo(Answer.REFUSED);
        assertThat(waiting).hasSize(1);
    }

    @Test
    void asksAgainWhenTheEngineWasAway() {
        SizeProbe probe = probe(clean(), Duration.ofHours(1));
        probe.answer();
        waiting.remove().run();

        probe.forget();

        assertThat(probe.answer()).isEqualTo(Answer.NOT_ASKED);
        assertThat(waiting).hasSize(1);
    }

    private Answer answerTo(ScanResult result) {
        SizeProbe probe = probe(result, Duration.ofHours(1));
        probe.answer();
        waiting.remove().run();
        return probe.answer();
    }

    private static ScanResult clean() {
        return new ScanResult(ScanVerdict.CLEAN, null, null, List.of(), ENGINE, Duration.ZERO);
    }

    private static ScanResult inconclusive(InconclusiveCause cause) {
        return ScanResult.inconclusive(cause, ENGINE, Duration.ZERO);
    }

    private SizeProbe probe(ScanResult result, Duration pause) {
        Scanner scanner = new Scanner() {
            @Override
            public ScanResult scan(Body body, Deadline deadline) throws IOException {
                try (InputStream bytes = body.open()) {
                    taken = bytes.transferTo(OutputStream.nullOutputStream());
                }
                return result;
            }

            @Override
            public String engine() {
                return "fake";
            }
        };
        return new SizeProbe(scanner, LARGEST, Duration.ofSeconds(1), pause, waiting::add);
    }
}
