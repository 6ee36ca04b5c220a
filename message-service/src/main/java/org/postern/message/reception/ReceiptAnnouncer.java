package org.postern.message.reception;

import java.util.concurrent.CompletionException;
import org.postern.message.BrokerUnavailableException;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.outbox.EventPublisher;

/** Tells of messages that were taken in. */
public final class ReceiptAnnouncer {
    private final EventPublisher publisher;
    private final ReceiptCodec codec;

    public ReceiptAnnouncer(EventPublisher publisher, ReceiptCodec codec) {
        this.publisher = publisher;
        this.codec = codec;
    }

    /** Tells of one, and returns when it is told. @throws BrokerUnavailableException where it was not told in time */
    void announce(Receipt receipt) {
        try {
            publisher.publish(codec.encode(receipt)).join();
        } catch (CompletionException e) {
            throw new BrokerUnavailableException(e);
        }
    }
}
