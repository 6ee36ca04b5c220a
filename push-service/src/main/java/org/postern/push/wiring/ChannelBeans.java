package org.postern.push.wiring;

import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.Provider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.postern.outbound.BoundedNames;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.push.ApplicationServerKey;
import org.postern.push.config.DeliveryConfig;
import org.postern.push.config.FirebaseConfig;
import org.postern.push.config.WebPushConfig;
import org.postern.push.corretto.NativeCurves;
import org.postern.push.delivery.Circuits;
import org.postern.push.delivery.ClosedChannel;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.Senders;
import org.postern.push.firebase.FirebaseApps;
import org.postern.push.firebase.FirebaseTerms;
import org.postern.push.webpush.PushClients;
import org.postern.push.webpush.PushEncryption;
import org.postern.push.webpush.VapidKeys;
import org.postern.push.webpush.WebPushSender;

/** The channels to devices, and the keys that they need. */
final class ChannelBeans {
    private static final Logger LOG = Logger.getLogger(ChannelBeans.class);

    @Produces
    @Singleton
    VapidKeys vapid(WebPushConfig config, Clock clock) throws IOException {
        return VapidKeys.ofFile(config.vapidKeyFile(), config.contact(), clock);
    }

    @Produces
    @Singleton
    ApplicationServerKey applicationServerKey(VapidKeys vapid) {
        return new ApplicationServerKey(vapid.applicationServerKey(), vapid.olderKeys());
    }

    @Produces
    @Singleton
    PushEncryption encryption() {
        NativeCurves curves = NativeCurves.load();
        Provider provider = curves.provider();
        if (provider == null) {
            LOG.warnf(
                    "pushes are encrypted without the native library (%s): each takes ten times the CPU time",
                    curves.reason());
            return PushEncryption.ofPlatform();
        }
        LOG.infof("pushes are encrypted by %s %s", provider.getName(), provider.getVersionStr());
        return new PushEncryption(provider);
    }

    @Produces
    @Singleton
    PushSender sender(
            Vertx vertx,
            VapidKeys vapid,
            PushEncryption encryption,
            WebPushConfig webPush,
            FirebaseConfig firebase,
            DeliveryConfig delivery,
            Clock clock)
            throws IOException {
        OutboundGuard guard = new OutboundGuard(
                new BoundedNames(NameResolver.system(), delivery.timeout()),
                webPush.allowedNetworks().orElse(List.of()).stream()
                        .map(Network::of)
                        .toList());
        return new Senders(
                new WebPushSender(
                        PushClients.of(vertx),
                        guard,
                        vapid,
                        encryption,
                        webPush.timeToLive(),
                        delivery.timeout(),
                        clock),
                firebase(firebase, webPush.timeToLive(), delivery));
    }

    private static PushSender firebase(FirebaseConfig config, Duration timeToLive, DeliveryConfig delivery)
            throws IOException {
        if (config.credentialsFile().isEmpty()) {
            return new ClosedChannel("kind", "This installation does not push through Firebase.");
        }
        // Connecting and answering have a timeout each. What the SDK tries again by itself has to fit in as well.
        Duration timeout = delivery.timeout().multipliedBy(2);
        return FirebaseApps.sender(
                config.credentialsFile().get(),
                new FirebaseTerms(config.dryRun(), timeToLive, timeout, config.chunk()),
                delivery.timeout(),
                Circuits.shareOf(delivery.atOnce()));
    }
}
