package org.postern.push;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.RefusedDestinationException;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.Subscriptions;
import org.postern.push.subscription.VerificationCode;

/** Takes a device in. It is asked over its own channel to verify itself, and told nothing before it has. */
public final class SubscribeDevice {
    private final Subscriptions subscriptions;
    private final PushSender sender;
    private final SubscriptionTerms terms;
    private final Clock clock;

    public SubscribeDevice(Subscriptions subscriptions, PushSender sender, SubscriptionTerms terms, Clock clock) {
        this.subscriptions = subscriptions;
        this.sender = sender;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Subscribes a device.
     *
     * @throws RefusedDestinationException where pushes could not go there
     * @throws TooManySubscriptionsException where the subject has as many as there may be
     * @throws TooOftenException where the subject has made as many within an hour as there may be
     * @throws ExpiredRequestException where it would have expired already
     */
    public DeviceSubscription subscribe(Subscriber subscriber, SubscriptionRequest request)
            throws RefusedDestinationException, TooManySubscriptionsException, TooOftenException,
                    ExpiredRequestException {
        Instant now = clock.instant();
        Instant expires = expires(request, now);
        sender.check(request.destination());
        DeviceSubscription subscription = new DeviceSubscription(
                SubscriptionId.random(),
                subscriber.tenant(),
                subscriber.subject(),
                subscriber.account(),
                request.deviceClientId(),
                request.destination(),
                request.destination().accountName(subscriber.account()).orElseThrow(),
                request.types(),
                expires,
                false);
        return switch (subscriptions.add(
                subscription, subscriber.credentials(), VerificationCode.random(), terms, now)) {
            case KEPT -> subscription;
            case TOO_MANY -> throw new TooManySubscriptionsException(terms.most());
            case TOO_OFTEN -> throw new TooOftenException(terms.mostAnHour());
        };
    }

    private Instant expires(SubscriptionRequest request, Instant now) throws ExpiredRequestException {
        Instant latest = now.plus(terms.longest()).truncatedTo(ChronoUnit.SECONDS);
        Instant asked = request.expires();
        if (asked == null) {
            return latest;
        }
        if (!asked.isAfter(now)) {
            throw new ExpiredRequestException();
        }
        return asked.isAfter(latest) ? latest : asked;
    }

    /** The subject has as many subscriptions as there may be. */
    public static final class TooManySubscriptionsException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int most;

        TooManySubscriptionsException(int most) {
            this.most = most;
        }

        /** How many there may be. */
        public int most() {
            return most;
        }
    }

    /** The subject has made as many subscriptions within an hour as there may be. */
    public static final class TooOftenException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int most;

        TooOftenException(int most) {
            this.most = most;
        }

        /** How many there may be within an hour. */
        public int most() {
            return most;
        }
    }

    /** The moment at which the subscription should end has passed. */
    public static final class ExpiredRequestException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
