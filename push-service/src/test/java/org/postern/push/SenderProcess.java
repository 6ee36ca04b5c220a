package org.postern.push;

import io.agroal.api.AgroalDataSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.postern.database.Away;
import org.postern.database.Transactions;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.push.delivery.Circuits;
import org.postern.push.delivery.ClosedChannel;
import org.postern.push.delivery.DuePush;
import org.postern.push.delivery.RetrySchedule;
import org.postern.push.delivery.SendPushes;
import org.postern.push.delivery.SendResult;
import org.postern.push.delivery.Senders;
import org.postern.push.postgres.JdbcPendingPushes;
import org.postern.push.postgres.PushDatabase;
import org.postern.push.webpush.PushClients;
import org.postern.push.webpush.PushEncryption;
import org.postern.push.webpush.VapidKeys;
import org.postern.push.webpush.WebPushSender;

/** The sending half of the service in a process of its own, to be killed. */
public final class SenderProcess {
    private static final Duration SWEEP = Duration.ofMillis(50);

    private SenderProcess() {}

    /** Sends what is due until it is killed: the database's URL, the VAPID key file, the seconds of a lease. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        AgroalDataSource database = PushDatabase.open(arguments[0]);
        SendPushes sends = sends(
                Vertx.vertx(),
                new JdbcPendingPushes(
                        new Transactions(database, Away.of(DatabaseAwayException::new)),
                        PushDatabase.secrets(),
                        PushDatabase.allowances()),
                VapidKeys.ofFile(Path.of(arguments[1]), Optional.empty(), Clock.systemUTC()),
                Duration.ofSeconds(10),
                Duration.ofSeconds(Long.parseLong(arguments[2])),
                new Silent());
        while (!Thread.currentThread().isInterrupted()) {
            sends.sweep();
            Thread.sleep(SWEEP);
        }
    }

    /**
     * What the service sends with, to the loopback interface.
     *
     * @param timeout how long a push service may take to answer
     */
    public static SendPushes sends(
            Vertx vertx,
            JdbcPendingPushes pending,
            VapidKeys vapid,
            Duration timeout,
            Duration lease,
            SendPushes.Sends heard) {
        OutboundGuard guard = new OutboundGuard(NameResolver.system(), List.of(Network.of("127.0.0.0/8")));
        Clock clock = Clock.systemUTC();
        return new SendPushes(
                pending,
                new Senders(
                        new WebPushSender(
                                PushClients.of(vertx),
                                guard,
                                vapid,
                                PushEncryption.ofPlatform(),
                                Duration.ofHours(24),
                                timeout,
                                clock),
                        new ClosedChannel("kind", "There is none.")),
                new RetrySchedule(Duration.ofMillis(200), Duration.ofMinutes(30), Duration.ofHours(24)),
                new Circuits(5, Duration.ofSeconds(5), Duration.ofMinutes(5), 64),
                heard,
                Executors.newVirtualThreadPerTaskExecutor(),
                128,
                lease,
                clock);
    }

    /** Counts nothing. */
    static class Silent implements SendPushes.Sends {
        @Override
        public void sent(DuePush push, SendResult result) {}

        @Override
        public void postponed(DuePush push) {}
    }
}
