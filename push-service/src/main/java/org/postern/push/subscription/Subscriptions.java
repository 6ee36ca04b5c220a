package org.postern.push.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.push.PushChannel;
import org.postern.push.Credentials;
import org.postern.push.DatabaseAwayException;
import org.postern.push.SubscriptionTerms;

/** The subscriptions. Every method throws {@link DatabaseAwayException} where the database is away. */
public interface Subscriptions {
    /**
     * Keeps a new subscription, in place of an older one of the same device, and a push that asks the device to verify it.
     *
     * @param credentials what the owner has shown; it ends with them
     * @param terms how many an owner may have, and may make within an hour
     */
    Added add(
            DeviceSubscription subscription,
            Credentials credentials,
            VerificationCode code,
            SubscriptionTerms terms,
            Instant now);

    /** Those of an owner that have not expired, the oldest first. */
    List<DeviceSubscription> of(Tenant tenant, String owner, Instant now);

    /** One of an owner that has not expired. */
    Optional<DeviceSubscription> find(Tenant tenant, String owner, SubscriptionId id, Instant now);

    /** Deletes one of an owner; whether there was one. */
    boolean delete(Tenant tenant, String owner, SubscriptionId id);

    /** Deletes those that were made with what was revoked; how many. */
    int revoke(IdentityRevoked revoked);

    /** Compares a code with the one that was pushed. After too many wrong ones the subscription is deleted. */
    Verification verify(Tenant tenant, String owner, SubscriptionId id, VerificationCode code, Instant now);

    /** Deletes what has expired; how many. */
    int clearExpired(Instant now);

    /** How many there are, by the kind of channel. */
    Map<PushChannel, Long> count();

    /** Seals with the newest key what is in the clear or sealed with an older one. */
    Sealed sealAnew();

    /**
     * What became of the destinations.
     *
     * @param sealed how many were sealed anew
     * @param lost how many cannot be opened, because their key is not there
     */
    record Sealed(int sealed, int lost) {}

    /** What became of a new subscription. */
    enum Added {
        /** It is kept. */
        KEPT,
        /** It is not: the owner has as many as there may be. */
        TOO_MANY,
        /** It is not: the owner made as many as there may be within an hour. */
        TOO_OFTEN
    }

    /** What became of a code. */
    enum Verification {
        /** It is the right one. */
        VERIFIED,
        /** It is a wrong one. */
        WRONG,
        /** It was a wrong one too many, and the subscription is no more. */
        DELETED,
        /** The owner has no such subscription. */
        UNKNOWN
    }
}
