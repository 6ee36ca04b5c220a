package org.postern.scan;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postern.engine.Deadline;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;

/**
 * Whether the engine takes the largest body that any route lets in. Where it does not, such a body is let in and can then
 * never be scanned. That is found out by giving it one of zeros, which nobody holds in memory, and not by somebody's mail.
 *
 * <p>To be asked after the engine was seen to scan samples: then a connection that is closed before the end is a refusal,
 * whose words the kernel may have thrown away.
 */
public final class SizeProbe {
    private final Scanner scanner;
    private final long largest;
    private final Duration timeout;
    private final Duration pause;
    private final Executor executor;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Known known = new Known(Answer.NOT_ASKED, 0);

    /**
     * @param largest the size in bytes
     * @param timeout how long the scan may take
     * @param pause how long an answer that is not the wanted one stands before the engine is asked again
     * @param executor runs the scan, which may outlast the patience of who asks
     */
    public SizeProbe(Scanner scanner, long largest, Duration timeout, Duration pause, Executor executor) {
        this.scanner = scanner;
        this.largest = largest;
        this.timeout = timeout;
        this.pause = pause;
        this.executor = executor;
    }

    /** What is known now. Where that is not enough the engine is asked meanwhile, by one at a time. */
    public Answer answer() {
        if (isToBeAsked(known) && asking.compareAndSet(false, true)) {
            executor.execute(this::ask);
        }
        return known.answer();
    }

    /** Makes it be asked anew: the engine was away, and may have come back with other limits. */
    public void forget() {
        known = new Known(Answer.NOT_ASKED, 0);
    }

    /** The size in bytes. */
    public long largest() {
        return largest;
    }

    private boolean isToBeAsked(Known now) {
        return switch (now.answer()) {
            case TAKEN -> false;
            case NOT_ASKED -> true;
            case REFUSED, UNKNOWN -> System.nanoTime() - now.atNanos() >= pause.toNanos();
        };
    }

    private void ask() {
        try {
            known = new Known(look(), System.nanoTime());
        } finally {
            asking.set(false);
        }
    }

    private Answer look() {
        try {
            return answer(scanner.scan(Body.of(() -> new Zeros(largest), largest), Deadline.in(timeout)));
        } catch (IOException e) {
            throw new IllegalStateException("zeros can always be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.UNKNOWN;
        }
    }

    private static Answer answer(ScanResult result) {
        return switch (result.verdict()) {
            case CLEAN -> Answer.TAKEN;
            case INCONCLUSIVE ->
                result.inconclusive() == InconclusiveCause.ANSWER_NOT_UNDERSTOOD ? Answer.REFUSED : Answer.UNKNOWN;
            case INFECTED, SUSPICIOUS, UNSCANNABLE -> Answer.REFUSED;
        };
    }

    /** What came of it. */
    public enum Answer {
        /** Nothing yet. */
        NOT_ASKED,
        /** The engine scans a body of that size. */
        TAKEN,
        /** The engine does not. */
        REFUSED,
        /** The engine was away, or so slow that nothing can be said. */
        UNKNOWN
    }

    private record Known(Answer answer, long atNanos) {}

    /** As many zeros as wanted, without holding them. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(length, left);
            Arrays.fill(into, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}
