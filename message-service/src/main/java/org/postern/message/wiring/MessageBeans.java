package org.postern.message.wiring;

import io.agroal.api.AgroalDataSource;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.postern.database.Transactions;
import org.postern.events.RecipientHashKey;
import org.postern.events.codec.EventCodec;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.SettledClock;
import org.postern.message.config.IntakeConfig;
import org.postern.message.config.PolicyConfig;
import org.postern.message.config.QuarantineConfig;
import org.postern.message.config.RecipientsConfig;
import org.postern.message.config.RelayConfig;
import org.postern.message.config.RenditionConfig;
import org.postern.message.http.RenderServiceClient;
import org.postern.message.judgement.Judge;
import org.postern.message.kafka.KafkaPublisher;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.outbox.RelayEvents;
import org.postern.message.policy.Lists;
import org.postern.message.postgres.JdbcIntakeKeys;
import org.postern.message.postgres.JdbcLedger;
import org.postern.message.postgres.JdbcLists;
import org.postern.message.postgres.JdbcOutbox;
import org.postern.message.postgres.JdbcReferences;
import org.postern.message.reception.IntakeTerms;
import org.postern.message.reception.ReceiptAnnouncer;
import org.postern.message.reception.ReceiveMail;
import org.postern.message.rendition.Renditions;
import org.postern.message.verdict.CollectFacts;
import org.postern.message.verdict.HandOver;
import org.postern.message.waiting.AwaitJudgement;
import org.postern.message.waiting.Waiters;
import org.postern.message.yaml.PolicyFile;
import org.postern.store.MessageStore;
import org.postern.store.config.ConfiguredStore;
import org.postern.store.config.StoreConfig;
import org.postern.store.reference.ObjectReferenceSigner;

/** The beans. */
final class MessageBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    SettledClock settledClock(Clock clock, QuarantineConfig config) {
        return new SettledClock(clock, System::nanoTime, config.retention().clockSettles());
    }

    @Produces
    @Singleton
    EventCodec codec(Clock clock) {
        return new EventCodec("/message-service", clock);
    }

    @Produces
    @Singleton
    ConfiguredStore configuredStore(StoreConfig config) throws IOException {
        return ConfiguredStore.open(config);
    }

    @Produces
    @Singleton
    MessageStore store(ConfiguredStore configured) {
        return configured.store();
    }

    @Produces
    @Singleton
    JdbcReferences references(Transactions transactions) {
        return new JdbcReferences(transactions);
    }

    @Produces
    @Singleton
    RecipientHashKey hashKey(RecipientsConfig config) throws IOException {
        return RecipientHashKey.ofBase64(Files.readString(config.keyFile(), StandardCharsets.US_ASCII));
    }

    @Produces
    @Singleton
    PolicyFile policyFile(PolicyConfig config, Clock clock) throws IOException {
        return new PolicyFile(config.file(), clock);
    }

    @Produces
    @Singleton
    Lists lists(Transactions transactions, Clock clock) {
        return new JdbcLists(transactions, clock);
    }

    @Produces
    @Singleton
    KafkaPublisher publisher(@Identifier("default-kafka-broker") Map<String, Object> broker, RelayConfig config) {
        return KafkaPublisher.connect(broker, config.timeout());
    }

    void close(@Disposes KafkaPublisher publisher) {
        publisher.close();
    }

    @Produces
    @Singleton
    Transactions transactions(AgroalDataSource dataSource) {
        return new Transactions(dataSource, LedgerUnavailableException::new);
    }

    @Produces
    @Singleton
    RelayEvents relay(
            Transactions transactions,
            KafkaPublisher publisher,
            @VirtualThreads ExecutorService executor,
            Clock clock,
            RelayConfig config) {
        return new RelayEvents(new JdbcOutbox(transactions), publisher, executor, clock, config.sweepAfter());
    }

    @Produces
    @Singleton
    Ledger ledger(Transactions transactions, EventCodec codec, Clock clock, RelayEvents relay, Waiters waiters) {
        return new JdbcLedger(transactions, codec, clock, events -> {
            waiters.committed(events);
            relay.committed(events);
        });
    }

    @Produces
    @Singleton
    CollectFacts collectFacts(Ledger ledger, PolicyFile policy, Lists lists, RecipientHashKey hashKey, Clock clock) {
        return new CollectFacts(ledger, new Judge(policy::policy), lists, hashKey, clock);
    }

    @Produces
    @Singleton
    HandOver handOver(Ledger ledger, RecipientHashKey hashKey, Clock clock) {
        return new HandOver(ledger, hashKey, clock);
    }

    @Produces
    @Singleton
    ReceiveMail receiveMail(
            MessageStore store,
            KafkaPublisher publisher,
            EventCodec codec,
            Transactions transactions,
            CollectFacts collectFacts,
            Clock clock,
            IntakeConfig config) {
        return new ReceiveMail(
                store,
                new ReceiptAnnouncer(publisher, new ReceiptCodec(codec)),
                new JdbcIntakeKeys(transactions),
                collectFacts::received,
                clock,
                new IntakeTerms(config.messageLimit().asLongValue(), config.deadline(), config.keyRetention()));
    }

    @Produces
    @Singleton
    Waiters waiters() {
        return new Waiters();
    }

    @Produces
    @Singleton
    AwaitJudgement awaitJudgement(Ledger ledger, Waiters waiters, RelayConfig config) {
        return new AwaitJudgement(ledger, waiters, config.recheck());
    }

    @Produces
    @Singleton
    Renditions renditions(RenditionConfig config, Clock clock) throws IOException {
        return new RenderServiceClient(
                config.url(),
                config.timeout(),
                config.validity(),
                ObjectReferenceSigner.ofFile(config.signingKeyFile(), clock));
    }
}
