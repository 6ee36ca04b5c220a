package org.postern.message.reception;

import java.time.Instant;
import java.util.Optional;
import org.postern.events.ContentHash;
import org.postern.events.Tenant;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.intake.TryFingerprint;
import org.postern.message.ledger.Receipt;

/**
 * What mail servers handed in lately. Written with the receipt of each message, and so rebuilt from Kafka with it. Every
 * method blocks and throws {@link LedgerUnavailableException} when it is away.
 */
public interface SmtpTries {
    /** The newest message with that fingerprint since then; one whose judgement is settled before one whose is not. */
    Optional<Receipt> earlier(Tenant tenant, TryFingerprint fingerprint, Instant since);

    /** To how many recipients that user has sent since then. */
    long recipientsSince(Tenant tenant, ContentHash sender, Instant since);

    /** Forgets what was received before that time. */
    void forget(Instant before);
}
