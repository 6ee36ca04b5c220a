package org.postern.message.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postern.message.LedgerUnavailableException;

/**
 * Sends what is due. Each webhook has room of its own and is left alone when it fails: one that is slow or dead delays
 * nobody else. What is in hand when the process dies is tried again when its lease is over.
 */
public final class SendDeliveries {
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Endpoint endpoint;
    private final DeliverySchedule schedule;
    private final Consumer<DeliveryResult> sent;
    private final Executor executor;
    private final int share;
    private final Duration lease;
    private final Clock clock;
    private final Map<UUID, Semaphore> rooms = new ConcurrentHashMap<>();

    /**
     * @param sent hears how each try went
     * @param executor where deliveries are sent: a thread each
     * @param share how many may be on their way to one webhook at once
     * @param lease how long a try may take, with room to spare
     */
    public SendDeliveries(
            Webhooks webhooks,
            Deliveries deliveries,
            Endpoint endpoint,
            DeliverySchedule schedule,
            Consumer<DeliveryResult> sent,
            Executor executor,
            int share,
            Duration lease,
            Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.endpoint = endpoint;
        this.schedule = schedule;
        this.sent = sent;
        this.executor = executor;
        this.share = share;
        this.lease = lease;
        this.clock = clock;
    }

    /** Begins to send what is due and does not wait for it. */
    public void sweep() {
        for (Webhook webhook : webhooks.withSomethingDue(now())) {
            Semaphore room = rooms.computeIfAbsent(webhook.id(), id -> new Semaphore(share));
            // One that failed is asked with a single try; the others begin when it has done well.
            int wanted = webhook.failures() > 0 ? 1 : share;
            for (int i = share - room.availablePermits(); i < wanted && room.tryAcquire(); i++) {
                executor.execute(() -> {
                    try {
                        sendWhatIsDue(webhook);
                    } catch (LedgerUnavailableException e) {
                        // When the lease is over it is due again: told twice is better than never.
                    } finally {
                        room.release();
                    }
                });
            }
        }
    }

    /** One after the other, for as long as they are taken. */
    private void sendWhatIsDue(Webhook webhook) {
        boolean taken = true;
        while (taken && !Thread.currentThread().isInterrupted()) {
            Optional<Delivery> next = deliveries.take(webhook, lease, now());
            taken = next.isPresent() && send(next.get());
        }
    }

    private boolean send(Delivery delivery) {
        DeliveryResult result = endpoint.send(delivery.webhook(), delivery.event(), delivery.body());
        sent.accept(result);
        Instant now = now();
        switch (result) {
            case DeliveryResult.Taken taken -> deliveries.delivered(delivery, now);
            case DeliveryResult.Gone gone -> {
                deliveries.retry(delivery, now, gone.reason(), now);
                webhooks.suspend(delivery.webhook().tenant(), delivery.webhook().id(), Webhook.Suspension.GONE, now);
            }
            case DeliveryResult.TryLater later -> {
                @Nullable Instant rest = schedule.rest(delivery.webhook().failures(), later, now);
                Optional<Instant> next = schedule.next(delivery, later, now);
                if (next.isPresent()) {
                    deliveries.retry(delivery, next.get(), later.reason(), rest);
                } else {
                    deliveries.giveUp(delivery, later.reason(), now, rest);
                }
            }
        }
        return result instanceof DeliveryResult.Taken;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
