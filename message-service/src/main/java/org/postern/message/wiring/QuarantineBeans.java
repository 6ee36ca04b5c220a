package org.postern.message.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postern.database.Transactions;
import org.postern.events.RecipientHashKey;
import org.postern.events.codec.EventCodec;
import org.postern.message.SettledClock;
import org.postern.message.config.IntakeConfig;
import org.postern.message.config.QuarantineConfig;
import org.postern.message.config.RenditionConfig;
import org.postern.message.dryrun.TryPolicy;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.outbox.RelayEvents;
import org.postern.message.policy.Lists;
import org.postern.message.postgres.JdbcAuditTrail;
import org.postern.message.postgres.JdbcErasures;
import org.postern.message.postgres.JdbcPastMessages;
import org.postern.message.postgres.JdbcQuarantine;
import org.postern.message.postgres.JdbcUsedPasses;
import org.postern.message.postgres.KeptEvents;
import org.postern.message.quarantine.AuditTrail;
import org.postern.message.quarantine.Cursors;
import org.postern.message.quarantine.KeepMail;
import org.postern.message.quarantine.Quarantine;
import org.postern.message.quarantine.Reinjection;
import org.postern.message.quarantine.ReleaseFailedException;
import org.postern.message.quarantine.ReleaseMail;
import org.postern.message.quarantine.ReleasePasses;
import org.postern.message.quarantine.RetentionTerms;
import org.postern.message.smtp.SmtpReinjection;
import org.postern.message.smtp.SmtpServer;
import org.postern.store.MessageStore;

/** The beans of the quarantine. */
final class QuarantineBeans {
    private static final int SECRET_BYTES = 32;

    @Produces
    @Singleton
    KeptEvents keptEvents(EventCodec codec, Clock clock, RelayEvents relay) {
        return new KeptEvents(codec, clock, relay::committed);
    }

    @Produces
    @Singleton
    Quarantine quarantine(
            Transactions transactions,
            KeptEvents events,
            EventCodec codec,
            RecipientHashKey hashKey,
            Clock clock,
            IntakeConfig intake) {
        return new JdbcQuarantine(transactions, events, new ReceiptCodec(codec), hashKey, clock, intake.deadline());
    }

    @Produces
    @Singleton
    AuditTrail auditTrail(Transactions transactions, KeptEvents events) {
        return new JdbcAuditTrail(transactions, events);
    }

    @Produces
    @Singleton
    TryPolicy tryPolicy(Transactions transactions, Lists lists) {
        return new TryPolicy(new JdbcPastMessages(transactions), lists);
    }

    @Produces
    @Singleton
    Secret secret(QuarantineConfig config, RenditionConfig rendition) throws IOException {
        return config.keyFile().isPresent()
                ? new Secret(read(config.keyFile().get()))
                : new Secret(derived(read(rendition.signingKeyFile())));
    }

    @Produces
    @Singleton
    Cursors cursors(Secret secret) {
        return new Cursors(secret.bytes());
    }

    @Produces
    @Singleton
    ReleasePasses passes(Secret secret, Clock clock, QuarantineConfig config, Transactions transactions) {
        return new ReleasePasses(
                secret.bytes(), clock, config.release().passValidity(), new JdbcUsedPasses(transactions));
    }

    @Produces
    @Singleton
    ReleaseMail releaseMail(
            Quarantine quarantine,
            AuditTrail trail,
            MessageStore store,
            ReleasePasses passes,
            Clock clock,
            QuarantineConfig config) {
        return new ReleaseMail(quarantine, trail, reinjection(config.release(), store), passes, store, clock);
    }

    private static Reinjection reinjection(QuarantineConfig.Release config, MessageStore store) {
        return config.host()
                .<Reinjection>map(host -> new SmtpReinjection(
                        new SmtpServer(host, config.port(), config.helo(), config.timeout()), config.pass(), store))
                .orElse((from, to, body, pass) -> {
                    throw new ReleaseFailedException(ReleaseFailedException.Why.NOWHERE, null);
                });
    }

    @Produces
    @Singleton
    KeepMail keepMail(
            Quarantine quarantine,
            Transactions transactions,
            KeptEvents events,
            RecipientHashKey hashKey,
            MessageStore store,
            Clock clock,
            SettledClock settled,
            QuarantineConfig config) {
        QuarantineConfig.Retention kept = config.retention();
        return new KeepMail(
                quarantine, new JdbcErasures(transactions, events, hashKey, clock), store, () -> settled.now()
                        .map(now -> new RetentionTerms(
                                now,
                                kept.delivered(),
                                kept.junk(),
                                kept.quarantine(),
                                kept.reject(),
                                kept.defer(),
                                kept.tombstones(),
                                kept.audit())));
    }

    /** The installation's secret. */
    record Secret(byte[] bytes) {}

    private static byte[] read(java.nio.file.Path file) throws IOException {
        byte[] secret = Base64.getDecoder()
                .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
        if (secret.length != SECRET_BYTES) {
            throw new IllegalStateException("the key of the quarantine must be 32 bytes in base64");
        }
        return secret;
    }

    private static byte[] derived(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal("postern/quarantine".getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
