package org.postern.message.outbox;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The events that were kept together with the states they are about. */
public interface Outbox {
    /** Forgets events that were told. */
    void forget(List<Long> sequences);

    /**
     * Takes the oldest events that were kept before that time and that no other replica has in hand.
     *
     * @param orAfter events that were kept after that are taken too
     * @param tell tells them and gives the sequences of those that were told, which are forgotten
     * @return how many were taken
     */
    int sweep(Instant before, Instant orAfter, int most, Function<List<PendingEvent>, List<Long>> tell);
}
