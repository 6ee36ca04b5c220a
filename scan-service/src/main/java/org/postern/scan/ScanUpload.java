package org.postern.scan;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;

/** Scans bytes that somebody waits for: once, and whatever comes of it within the deadline is the answer. */
public final class ScanUpload {
    private final Scanner scanner;
    private final EngineSlots slots;
    private final Duration deadline;

    /** @param deadline from the first byte until the answer, waiting for a slot included */
    public ScanUpload(Scanner scanner, EngineSlots slots, Duration deadline) {
        this.scanner = scanner;
        this.slots = slots;
        this.deadline = deadline;
    }

    /**
     * Scans a body.
     *
     * @throws IOException the exception of the body's own stream, unchanged
     */
    public ScanResult scan(Body body) throws IOException, InterruptedException {
        Deadline by = Deadline.in(deadline);
        Optional<EngineSlots.Slot> slot = slots.forUpload(by);
        if (slot.isEmpty()) {
            return ScanResult.inconclusive(
                    InconclusiveCause.TIMED_OUT, EngineVersion.named(scanner.engine()), deadline);
        }
        try (EngineSlots.Slot held = slot.get()) {
            return scanner.scan(body, by);
        }
    }
}
