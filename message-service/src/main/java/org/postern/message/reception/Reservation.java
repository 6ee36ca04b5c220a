package org.postern.message.reception;

import java.time.Instant;
import org.postern.message.intake.IdempotencyKey;
import org.postern.message.intake.RequestFingerprint;
import org.postern.message.ledger.Receipt;

/**
 * A message id that is reserved for an idempotency key.
 *
 * @param by whose key it is: keys of different subjects are different
 * @param fingerprint the request it stands for
 * @param receipt what is told about the message: the same however often it has to be told
 * @param at when it was reserved
 */
public record Reservation(
        Submitter by, IdempotencyKey key, RequestFingerprint fingerprint, Receipt receipt, Instant at) {}
