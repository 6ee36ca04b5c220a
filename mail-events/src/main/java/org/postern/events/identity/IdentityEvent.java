package org.postern.events.identity;

import org.postern.events.Event;

/** Something about who may come in; its records are keyed by the identity, so that the newest of each is kept. */
public sealed interface IdentityEvent extends Event permits IdentityRevoked {
    /** The session, subject or token it is about. */
    RevokedIdentity identity();

    @Override
    default String key() {
        return identity().value();
    }
}
