package org.postern.push.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the hosts that pushes go to apart. A host gets a share of the room and not all of it; one that does not answer, or
 * answers that it cannot, several times in a row is left alone for a while, and asked with a single push then. Those that do answer,
 * but take long, have one share together, so that many of them leave room for the rest as well. Kept in memory: another replica
 * finds out by itself, and a restart asks again.
 */
public final class Circuits {
    private static final int MOST_HOSTS = 10_000;
    private static final Duration JITTER = Duration.ofMillis(50);
    private static final long FIRST_GUESS_MICROS = 100_000;
    private static final int MEMORY = 8;
    private static final long SLOW_MICROS = 2_000_000;

    private final int failures;
    private final Duration firstPause;
    private final Duration longestPause;
    private final int share;
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();
    private final AtomicInteger slowOnTheirWay = new AtomicInteger();

    /**
     * @param failures after how many in a row a host is left alone
     * @param firstPause for how long at first; it doubles
     * @param longestPause for how long at most
     * @param share how many pushes may be on their way to one host at once, and to all slow ones together
     */
    public Circuits(int failures, Duration firstPause, Duration longestPause, int share) {
        this.failures = failures;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.share = share;
    }

    /** How many pushes may be on their way to one host: half of the room, so that there is room for others whatever it does. */
    public static int shareOf(int room) {
        return Math.max(1, room / 2);
    }

    /**
     * Asks to send to a host. Who may has to tell how it went by {@link #settle}.
     *
     * @return when to ask again; empty for now
     */
    public Optional<Instant> ask(String host, Instant now) {
        Host state = hosts.computeIfAbsent(host, name -> new Host());
        synchronized (state) {
            if (state.onTheirWay >= share) {
                return Optional.of(later(state.nextPlace(now), JITTER));
            }
            if (state.failed >= failures) {
                if (now.isBefore(state.closedUntil)) {
                    return Optional.of(later(state.closedUntil, state.pause));
                }
                if (state.onTheirWay > 0) {
                    return Optional.of(later(now, state.pause));
                }
            }
            if (!state.isLetIn()) {
                return Optional.of(later(state.nextPlace(now), JITTER));
            }
            state.onTheirWay++;
            return Optional.empty();
        }
    }

    /**
     * Tells how it went.
     *
     * @param took how long
     */
    public void settle(String host, SendResult result, Duration took, Instant now) {
        Host state = hosts.get(host);
        if (state == null) {
            return;
        }
        synchronized (state) {
            state.onTheirWay--;
            state.letOut();
            state.micros += (took.toNanos() / 1_000 - state.micros) / MEMORY;
            if (result instanceof SendResult.TryLater later && later.atHost()) {
                state.fail(now);
            } else {
                state.failed = 0;
                state.pause = Duration.ZERO;
            }
        }
        if (hosts.size() > MOST_HOSTS) {
            forgetQuietOnes(now);
        }
    }

    /** How many hosts are left alone right now. */
    public long open(Instant now) {
        return hosts.values().stream().filter(host -> host.isClosed(now)).count();
    }

    private void forgetQuietOnes(Instant now) {
        hosts.values().removeIf(host -> {
            synchronized (host) {
                return host.onTheirWay == 0 && !host.isClosed(now);
            }
        });
    }

    /** Not all at the same time. */
    private static Instant later(Instant moment, Duration pause) {
        return moment.plusMillis(1 + ThreadLocalRandom.current().nextLong(pause.toMillis() + 1));
    }

    private final class Host {
        private int onTheirWay;
        private int countedAsSlow;
        private int failed;
        private Duration pause = Duration.ZERO;
        private Instant closedUntil = Instant.EPOCH;
        private long micros = FIRST_GUESS_MICROS;
        private Instant queueEnds = Instant.EPOCH;

        /** When there should be a place, as fast as the host is: whoever has to wait gets in line, and asks about once. */
        Instant nextPlace(Instant now) {
            queueEnds = (queueEnds.isBefore(now) ? now : queueEnds).plusNanos(micros * 1_000 / share);
            return queueEnds;
        }

        /** A host that is quick is; one that is slow needs a place among those. */
        boolean isLetIn() {
            if (micros < SLOW_MICROS) {
                return true;
            }
            if (slowOnTheirWay.incrementAndGet() > share) {
                slowOnTheirWay.decrementAndGet();
                return false;
            }
            countedAsSlow++;
            return true;
        }

        void letOut() {
            if (countedAsSlow > 0) {
                countedAsSlow--;
                slowOnTheirWay.decrementAndGet();
            }
        }

        void fail(Instant now) {
            failed++;
            // Those that were on their way when it closed say nothing new.
            if (failed >= failures && !now.isBefore(closedUntil)) {
                Duration doubled = pause.isZero() ? firstPause : pause.multipliedBy(2);
                pause = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
                closedUntil = now.plus(pause);
            }
        }

        synchronized boolean isClosed(Instant now) {
            return failed >= failures && now.isBefore(closedUntil);
        }
    }
}
