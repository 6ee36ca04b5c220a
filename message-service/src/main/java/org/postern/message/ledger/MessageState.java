package org.postern.message.ledger;

import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judgement;

/**
 * All that is known of a message. A fact may be known before the receipt.
 *
 * @param receipt null until {@code mail.received.v1} was seen
 * @param judgement the newest; null while it is not judged
 * @param handedOver what was last answered about it; null while nothing was
 */
public record MessageState(
        Tenant tenant,
        MessageId id,
        @Nullable Receipt receipt,
        FactSheet facts,
        @Nullable Judgement judgement,
        @Nullable HandedOver handedOver) {
    /** A message about which nothing was answered. */
    public MessageState(
            Tenant tenant, MessageId id, @Nullable Receipt receipt, FactSheet facts, @Nullable Judgement judgement) {
        this(tenant, id, receipt, facts, judgement, null);
    }

    /** A message of which nothing is known but its name. */
    public static MessageState unknown(Tenant tenant, MessageId id) {
        return new MessageState(tenant, id, null, FactSheet.EMPTY, null);
    }

    /** With its receipt. The first one counts: a repetition tells the same. */
    public MessageState with(Receipt received) {
        return receipt == null ? new MessageState(tenant, id, received, facts, judgement, handedOver) : this;
    }

    /** With what is known of it now. */
    public MessageState with(FactSheet sheet) {
        return new MessageState(tenant, id, receipt, sheet, judgement, handedOver);
    }

    /** With a new judgement. */
    public MessageState with(Judgement next) {
        return new MessageState(tenant, id, receipt, facts, next, handedOver);
    }
}
