package org.postern.scan.recall;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.scan.EngineProbe;
import org.postern.scan.Signatures;

/**
 * Begins a run when the engine is seen with other signatures. Only a change that was seen here does so, or what a start of
 * this replica finds: a replica that has not noticed yet must not undo what another has begun.
 */
public final class WatchSignatures {
    private final EngineProbe probe;
    private final RecallRuns runs;
    private final Duration window;
    private final Duration settling;
    private final Clock clock;
    private @Nullable Signatures last;

    /**
     * @param window how far back a run goes
     * @param settling for how long messages may still be scanned with the signatures before
     */
    public WatchSignatures(EngineProbe probe, RecallRuns runs, Duration window, Duration settling, Clock clock) {
        this.probe = probe;
        this.runs = runs;
        this.window = window;
        this.settling = settling;
        this.clock = clock;
    }

    /**
     * Looks once. Not for more than one thread.
     *
     * @return the run that was begun, if one was
     * @throws MemoryAwayException where a run could not be begun; the next look tries again
     */
    public Optional<RecallRun> look() throws InterruptedException {
        EngineProbe.State engine = probe.state();
        // With an engine that does not scan there is nothing to scan with, nor does it say what it would scan with.
        if (!engine.healthy() || engine.engine().version() == null) {
            return Optional.empty();
        }
        Signatures now = Signatures.of(engine.engine());
        if (now.equals(last)) {
            return Optional.empty();
        }
        Optional<RecallRun> begun = runs.begin(now, window, settling, clock.instant());
        last = now;
        return begun;
    }
}
