package org.postern.message.reception;

import java.time.Duration;

/**
 * What a message is taken in on.
 *
 * @param mostBytes the largest body
 * @param deadline the time from the last byte to the first judgement
 * @param keyRetention how long an idempotency key is remembered
 */
public record IntakeTerms(long mostBytes, Duration deadline, Duration keyRetention) {}
