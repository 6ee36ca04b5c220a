package org.postern.message.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;

/**
 * Writes receipts as records of {@code mail.received.v1}. The subject that handed the message in goes along as an
 * extension attribute of CloudEvents: it is no business of the other services, and without it a message received while
 * the database was away could not be read by whoever sent it.
 */
public final class ReceiptCodec {
    /** The header of the attribute. */
    public static final String SUBMITTER = "ce_submitter";

    private final EventCodec codec;

    public ReceiptCodec(EventCodec codec) {
        this.codec = codec;
    }

    /** The record of a receipt. */
    public EncodedEvent encode(Receipt receipt) {
        EncodedEvent event = codec.encode(receipt.event(), receipt.trace());
        @Nullable String submitter = receipt.submitter();
        if (submitter == null) {
            return event;
        }
        Map<String, String> headers = new LinkedHashMap<>(event.headers());
        headers.put(SUBMITTER, submitter);
        return new EncodedEvent(event.topic(), event.key(), headers, event.json());
    }
}
