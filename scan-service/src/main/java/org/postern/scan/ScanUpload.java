package org.postern.scan;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.postern.engine.Deadline;
import org.postern.engine.EngineSlots;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;

/** Scans bytes that somebody waits for: once, and whatever comes of it within the deadline is the answer. */
public final class ScanUpload {
    private final Scanner scanner;
    private final EngineSlots slots;
    private final Duration deadline;
    private final SpooledBody.Room files;

    /**
     * @param deadline from the first byte until the answer, waiting for a slot included
     * @param files makes the files where uploads lie until they are answered
     */
    public ScanUpload(Scanner scanner, EngineSlots slots, Duration deadline, SpooledBody.Room files) {
        this.scanner = scanner;
        this.slots = slots;
        this.deadline = deadline;
        this.files = files;
    }

    /**
     * Scans a body, whose stream is read once.
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
        try (EngineSlots.Slot held = slot.get();
                SpooledBody spooled = new SpooledBody(body, files)) {
            return scanner.scan(spooled, by);
        }
    }
}
