package org.postern.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;

class EngineProbeTest {
    private static final EngineVersion ENGINE = EngineVersion.named("fake");

    private int scans;

    @Test
    void isHealthyWhenTheEngineTellsTheTwoSamplesApart() throws Exception {
        EngineProbe.State state = probe(ScanVerdict.INFECTED, ScanVerdict.CLEAN).ask();

        assertThat(state.healthy()).isTrue();
        assertThat(state.reason()).isEmpty();
    }

    @Test
    void isNotHealthyWithoutSignatures() throws Exception {
        EngineProbe.State state = probe(ScanVerdict.CLEAN, ScanVerdict.CLEAN).ask();

        assertThat(state.healthy()).isFalse();
        assertThat(state.reason()).isEqualTo("the EICAR test file came out as clean");
    }

    @Test
    void isNotHealthyWhenEverythingIsFound() throws Exception {
        assertThat(probe(ScanVerdict.INFECTED, ScanVerdict.INFECTED).ask().reason())
                .isEqualTo("a harmless text came out as infected");
    }

    @Test
    void isNotHealthyWhenTheEngineIsDown() throws Exception {
        assertThat(probe(ScanVerdict.INCONCLUSIVE, ScanVerdict.INCONCLUSIVE)
                        .ask()
                        .reason())
                .isEqualTo("the EICAR test file came out as inconclusive (engine-down)");
    }

    @Test
    void asksOnceForManyQuestionsInAShortTime() throws Exception {
        EngineProbe probe = probe(ScanVerdict.INFECTED, ScanVerdict.CLEAN);

        for (int i = 0; i < 10; i++) {
            probe.state();
        }

        assertThat(scans).isEqualTo(2);
    }

    private EngineProbe probe(ScanVerdict eicar, ScanVerdict harmless) {
        Scanner scanner = new Scanner() {
            @Override
            public ScanResult scan(Body body, Deadline deadline) {
                scans++;
                ScanVerdict verdict = body.size() == 68 ? eicar : harmless;
                return verdict == ScanVerdict.INCONCLUSIVE
                        ? ScanResult.inconclusive(InconclusiveCause.ENGINE_DOWN, ENGINE, Duration.ZERO)
                        : new ScanResult(verdict, null, null, List.of(), ENGINE, Duration.ZERO);
            }

            @Override
            public String engine() {
                return "fake";
            }
        };
        return new EngineProbe(scanner, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
