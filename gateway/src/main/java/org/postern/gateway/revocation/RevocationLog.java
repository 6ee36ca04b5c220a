package org.postern.gateway.revocation;

import java.util.concurrent.CompletionStage;
import org.postern.events.identity.IdentityRevoked;

/** Where a revocation is written down for every replica, and for those that start later. */
public interface RevocationLog {
    /** Writes one; done when it cannot be lost any more, failed where that is not known within some seconds. */
    CompletionStage<Void> append(IdentityRevoked revoked);
}
