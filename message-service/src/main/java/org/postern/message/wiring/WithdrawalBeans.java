package org.postern.message.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.postern.database.Transactions;
import org.postern.events.RecipientHashKey;
import org.postern.message.Pauses;
import org.postern.message.config.WithdrawalConfig;
import org.postern.message.jmap.JmapLogin;
import org.postern.message.jmap.JmapMailboxes;
import org.postern.message.ledger.Ledger;
import org.postern.message.metrics.CountedWithdrawals;
import org.postern.message.postgres.JdbcWithdrawals;
import org.postern.message.postgres.KeptEvents;
import org.postern.message.withdrawal.KeepRecalls;
import org.postern.message.withdrawal.WithdrawalTerms;
import org.postern.message.withdrawal.Withdrawals;
import org.postern.message.withdrawal.WorkThroughMailboxes;
import org.postern.outbound.BoundedNames;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.store.MessageStore;

/** The beans of withdrawals. */
final class WithdrawalBeans {
    private static final Logger LOG = Logger.getLogger(WithdrawalBeans.class);

    @Produces
    @Singleton
    Withdrawals withdrawals(Transactions transactions, KeptEvents events, RecipientHashKey hashKey) {
        return new JdbcWithdrawals(transactions, events, hashKey);
    }

    @Produces
    @Singleton
    KeepRecalls keepRecalls(Withdrawals withdrawals, WithdrawalConfig config, Clock clock) {
        return new KeepRecalls(withdrawals, config.enabled(), config.giveUpAfter(), clock);
    }

    @Produces
    @Singleton
    CountedWithdrawals countedWithdrawals(MeterRegistry registry) {
        return new CountedWithdrawals(registry);
    }

    /** Made where copies are withdrawn, and not before. */
    @Produces
    @Singleton
    JmapMailboxes mailboxes(Vertx vertx, WithdrawalConfig config) {
        List<Network> allowed = config.allowedNetworks().orElse(List.of()).stream()
                .map(Network::of)
                .toList();
        if (!allowed.isEmpty()) {
            LOG.warnf(
                    "the mail server may be in %d networks that are not of the public Internet, without TLS too",
                    allowed.size());
        }
        return new JmapMailboxes(
                vertx,
                new OutboundGuard(new BoundedNames(NameResolver.system(), config.timeout()), allowed),
                url(config),
                new HashSet<>(config.otherOrigins().orElse(List.of())),
                login(config),
                config.recipientDelimiter().orElse(null),
                new JmapMailboxes.Destination(
                        config.mailbox(), config.mailboxRole().orElse(null)),
                config.timeout());
    }

    void close(@Disposes JmapMailboxes mailboxes) {
        mailboxes.close();
    }

    private static URI url(WithdrawalConfig config) {
        try {
            return URI.create(config.url().orElseThrow());
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new IllegalStateException("postern.withdrawal.enabled needs postern.withdrawal.url, a URL", e);
        }
    }

    private static JmapLogin login(WithdrawalConfig config) {
        boolean needsSecret = config.login() != WithdrawalConfig.Login.NONE;
        if (needsSecret && config.secretFile().isEmpty()) {
            throw new IllegalStateException("postern.withdrawal.login needs postern.withdrawal.secret-file");
        }
        if (config.login() == WithdrawalConfig.Login.BASIC && config.user().isEmpty()) {
            throw new IllegalStateException("postern.withdrawal.login basic needs postern.withdrawal.user");
        }
        return new JmapLogin(
                switch (config.login()) {
                    case BASIC -> JmapLogin.Scheme.BASIC;
                    case BEARER -> JmapLogin.Scheme.BEARER;
                    case NONE -> JmapLogin.Scheme.NONE;
                },
                config.user().orElse(""),
                config.secretFile().orElse(null),
                config.impersonationHeader().orElse(null),
                config.account());
    }

    @Produces
    @Singleton
    WorkThroughMailboxes workThroughMailboxes(
            Withdrawals withdrawals,
            JmapMailboxes mailboxes,
            Ledger ledger,
            MessageStore store,
            CountedWithdrawals counted,
            @VirtualThreads ExecutorService executor,
            WithdrawalConfig config,
            Clock clock) {
        return new WorkThroughMailboxes(
                withdrawals,
                mailboxes,
                ledger,
                store,
                new WithdrawalTerms(
                        switch (config.action()) {
                            case MOVE -> WithdrawalTerms.Action.MOVE;
                            case FLAG -> WithdrawalTerms.Action.FLAG;
                        },
                        config.keyword(),
                        config.lookFor(),
                        config.giveUpAfter(),
                        new Pauses(config.firstPause(), config.longestPause()),
                        config.atOnce()),
                counted,
                executor,
                clock);
    }
}
