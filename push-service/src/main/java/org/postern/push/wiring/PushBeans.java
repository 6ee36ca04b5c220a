package org.postern.push.wiring;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
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
import org.postern.push.config.SubscriptionConfig;
import org.postern.push.config.WebPushConfig;
import org.postern.push.delivery.ClosedChannel;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.RetrySchedule;
import org.postern.push.delivery.SendPushes;
import org.postern.push.delivery.Senders;
import org.postern.push.firebase.FirebaseApps;
import org.postern.push.metrics.MeteredSends;
import org.postern.push.postgres.JdbcAccountStates;
import org.postern.push.postgres.JdbcOutcomes;
import org.postern.push.postgres.JdbcPendingPushes;
import org.postern.push.postgres.JdbcSubscriptions;
import org.postern.push.postgres.Transactions;
import org.postern.push.stream.LiveStreams;
import org.postern.push.subscription.Subscriptions;
import org.postern.push.webpush.VapidKeys;
import org.postern.push.webpush.WebPushSender;

/** The beans. */
final class PushBeans {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CONNECTIONS_AN_ENDPOINT = 8;

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
    Transactions transactions(AgroalDataSource dataSource) {
        return new Transactions(dataSource);
    }

    @Produces
    @Singleton
    Subscriptions subscriptions(Transactions transactions) {
        return new JdbcSubscriptions(transactions);
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
        HttpClientOptions options = new HttpClientOptions()
                .setUseAlpn(true)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(CONNECTIONS_AN_ENDPOINT)
                .setVerifyHost(true);
        return new Senders(
                new WebPushSender(
                        vertx.createHttpClient(options), guard, vapid, webPush.timeToLive(), delivery.timeout(), clock),
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
    SendPushes sendPushes(
            Transactions transactions,
            PushSender sender,
            DeliveryConfig config,
            MeterRegistry registry,
            LiveStreams streams,
            @VirtualThreads ExecutorService executor,
            Clock clock) {
        return new SendPushes(
                new JdbcPendingPushes(transactions),
                sender,
                new RetrySchedule(config.firstPause(), config.longestPause(), config.giveUpAfter()),
                new MeteredSends(registry, streams, clock),
                executor,
                config.atOnce(),
                config.timeout().multipliedBy(3),
                clock);
    }
}
