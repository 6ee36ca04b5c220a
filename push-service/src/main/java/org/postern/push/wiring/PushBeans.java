package org.postern.push.wiring;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.postern.events.RecipientHashKey;
import org.postern.events.codec.EventCodec;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.push.AccountStates;
import org.postern.push.ApplicationServerKey;
import org.postern.push.Outcomes;
import org.postern.push.SubscribeDevice;
import org.postern.push.SubscriptionTerms;
import org.postern.push.config.DeliveryConfig;
import org.postern.push.config.FirebaseConfig;
import org.postern.push.config.RecipientsConfig;
import org.postern.push.config.SecretsConfig;
import org.postern.push.config.SubscriptionConfig;
import org.postern.push.config.WebPushConfig;
import org.postern.push.delivery.Allowance;
import org.postern.push.delivery.Allowances;
import org.postern.push.delivery.Circuits;
import org.postern.push.delivery.ClosedChannel;
import org.postern.push.delivery.DeadPushes;
import org.postern.push.delivery.PendingPushes;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.RetrySchedule;
import org.postern.push.delivery.SendPushes;
import org.postern.push.delivery.Senders;
import org.postern.push.firebase.FirebaseApps;
import org.postern.push.metrics.MeteredSends;
import org.postern.push.metrics.MeteredStreams;
import org.postern.push.metrics.MeteredSubscriptions;
import org.postern.push.postgres.JdbcAccountStates;
import org.postern.push.postgres.JdbcDeadPushes;
import org.postern.push.postgres.JdbcOutcomes;
import org.postern.push.postgres.JdbcPendingPushes;
import org.postern.push.postgres.JdbcSubscriptions;
import org.postern.push.postgres.Transactions;
import org.postern.push.stream.LiveStreams;
import org.postern.push.stream.StreamEnds;
import org.postern.push.subscription.SecretTexts;
import org.postern.push.subscription.Subscriptions;
import org.postern.push.tink.TinkSecretTexts;
import org.postern.push.webpush.PushClients;
import org.postern.push.webpush.VapidKeys;
import org.postern.push.webpush.WebPushSender;

/** The beans. */
final class PushBeans {
    /** How much of the room one host may take. */
    private static final int SHARE = 2;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    EventCodec codec(Clock clock) {
        return new EventCodec("/push-service", clock);
    }

    @Produces
    @Singleton
    RecipientHashKey hashKey(RecipientsConfig config) throws IOException {
        return RecipientHashKey.ofBase64(Files.readString(config.keyFile(), StandardCharsets.US_ASCII));
    }

    @Produces
    @Singleton
    LiveStreams streams() {
        return new LiveStreams();
    }

    @Produces
    @Singleton
    StreamEnds streamEnds(MeterRegistry registry) {
        return new MeteredStreams(registry);
    }

    @Produces
    @Singleton
    Transactions transactions(AgroalDataSource dataSource) {
        return new Transactions(dataSource);
    }

    @Produces
    @Singleton
    SecretTexts secrets(SecretsConfig config) throws IOException {
        return TinkSecretTexts.ofFile(config.keyFile());
    }

    @Produces
    @Singleton
    Subscriptions subscriptions(Transactions transactions, SecretTexts secrets) {
        return new JdbcSubscriptions(transactions, secrets);
    }

    @Produces
    @Singleton
    DeadPushes deadPushes(Transactions transactions) {
        return new JdbcDeadPushes(transactions);
    }

    @Produces
    @Singleton
    MeteredSubscriptions meteredSubscriptions(MeterRegistry registry, Subscriptions subscriptions) {
        return new MeteredSubscriptions(registry, subscriptions);
    }

    @Produces
    @Singleton
    AccountStates states(Transactions transactions) {
        return new JdbcAccountStates(transactions);
    }

    @Produces
    @Singleton
    Outcomes outcomes(Transactions transactions) {
        return new JdbcOutcomes(transactions);
    }

    @Produces
    @Singleton
    VapidKeys vapid(WebPushConfig config, Clock clock) throws IOException {
        return VapidKeys.ofFile(config.vapidKeyFile(), config.contact(), clock);
    }

    @Produces
    @Singleton
    ApplicationServerKey applicationServerKey(VapidKeys vapid) {
        return new ApplicationServerKey(vapid.applicationServerKey());
    }

    @Produces
    @Singleton
    PushSender sender(
            Vertx vertx,
            VapidKeys vapid,
            WebPushConfig webPush,
            FirebaseConfig firebase,
            DeliveryConfig delivery,
            Clock clock)
            throws IOException {
        OutboundGuard guard = new OutboundGuard(
                NameResolver.system(),
                webPush.allowedNetworks().orElse(List.of()).stream()
                        .map(Network::of)
                        .toList());
        return new Senders(
                new WebPushSender(PushClients.of(vertx), guard, vapid, webPush.timeToLive(), delivery.timeout(), clock),
                firebase(firebase, webPush.timeToLive(), delivery.timeout()));
    }

    private static PushSender firebase(FirebaseConfig config, Duration timeToLive, Duration timeout)
            throws IOException {
        return config.credentialsFile().isPresent()
                ? FirebaseApps.sender(config.credentialsFile().get(), config.dryRun(), timeToLive, timeout)
                : new ClosedChannel("kind", "This installation does not push through Firebase.");
    }

    @Produces
    @Singleton
    SubscribeDevice subscribeDevice(
            Subscriptions subscriptions, PushSender sender, SubscriptionConfig config, Clock clock) {
        return new SubscribeDevice(
                subscriptions, sender, new SubscriptionTerms(config.most(), config.longest()), clock);
    }

    @Produces
    @Singleton
    Circuits circuits(DeliveryConfig config) {
        return new Circuits(
                config.hostFailures(),
                config.firstHostPause(),
                config.longestHostPause(),
                Math.max(1, config.atOnce() / SHARE));
    }

    @Produces
    @Singleton
    PendingPushes pendingPushes(
            Transactions transactions, SecretTexts secrets, DeliveryConfig config, FirebaseConfig firebase) {
        Allowance webPush = new Allowance(1, Duration.ZERO, config.window(), config.longestWindow(), Integer.MAX_VALUE);
        return new JdbcPendingPushes(
                transactions,
                secrets,
                new Allowances(
                        webPush,
                        new Allowance(
                                firebase.burst(),
                                firebase.refill(),
                                config.window(),
                                config.longestWindow(),
                                firebase.collapseKeys())));
    }

    @Produces
    @Singleton
    SendPushes sendPushes(
            PendingPushes pending,
            PushSender sender,
            Circuits circuits,
            DeliveryConfig config,
            MeterRegistry registry,
            LiveStreams streams,
            @VirtualThreads ExecutorService executor,
            Clock clock) {
        return new SendPushes(
                pending,
                sender,
                new RetrySchedule(config.firstPause(), config.longestPause(), config.giveUpAfter()),
                circuits,
                new MeteredSends(registry, streams, circuits, clock),
                executor,
                config.atOnce(),
                config.timeout().multipliedBy(3),
                clock);
    }
}
