package org.postern.engine;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is given again for a while without asking. Of many who want it at once one asks, and the others take what
 * that one heard.
 */
public final class KeptAnswer<A> {
    private final Source<A> source;
    private final Duration keptFor;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Kept<A> last;

    /** Where answers come from. */
    @FunctionalInterface
    public interface Source<A> {
        /** An answer of now. */
        A ask() throws InterruptedException;
    }

    /** @param keptFor how long an answer is given again */
    public KeptAnswer(Source<A> source, Duration keptFor) {
        this.source = source;
        this.keptFor = keptFor;
    }

    /** The answer, which may be as old as one is kept. */
    public A recent() throws InterruptedException {
        Kept<A> known = last;
        if (known != null && isFresh(known)) {
            return known.answer();
        }
        asking.lockInterruptibly();
        try {
            known = last;
            return known != null && isFresh(known) ? known.answer() : now();
        } finally {
            asking.unlock();
        }
    }

    /** The answer of now. */
    public A now() throws InterruptedException {
        A answer = source.ask();
        last = new Kept<>(answer, System.nanoTime());
        return answer;
    }

    private boolean isFresh(Kept<A> known) {
        return System.nanoTime() - known.atNanos() < keptFor.toNanos();
    }

    private record Kept<A>(A answer, long atNanos) {}
}
