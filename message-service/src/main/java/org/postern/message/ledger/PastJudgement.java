package org.postern.message.ledger;

import java.time.Instant;

/**
 * One revision in a message's history.
 *
 * @param handedOver whether an answer with it was sent
 */
public record PastJudgement(int revision, boolean settled, Instant at, boolean handedOver) {}
