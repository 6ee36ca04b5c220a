package org.postern.message.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.postern.events.MalformedValueException;
import org.postern.events.MessageId;
import org.postern.message.waiting.Waiters;

/**
 * Hears of every judgement, whichever replica made it, and calls those who wait here. The group is this process's own, and
 * begins at the end of the topic: nobody waited here before.
 */
@ApplicationScoped
public class Judgements {
    static final String CHANNEL = "judged";

    private final Waiters waiters;

    Judgements(Waiters waiters) {
        this.waiters = waiters;
    }

    /** A message was judged. Its id is the record's key; what was decided is read from the ledger. */
    @Incoming(CHANNEL)
    public void heard(ConsumerRecord<String, byte[]> record) {
        try {
            waiters.judged(MessageId.of(record.key()));
        } catch (MalformedValueException | NullPointerException e) {
            // Not a record of ours; nobody waits for it.
        }
    }
}
