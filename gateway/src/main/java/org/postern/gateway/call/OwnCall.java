package org.postern.gateway.call;

import io.vertx.ext.web.RoutingContext;
import org.postern.gateway.token.CheckedToken;

/** A call that the door answers itself, for somebody whom it has let in. */
@FunctionalInterface
public interface OwnCall {
    /** Answers. */
    void handle(RoutingContext context, CheckedToken caller);
}
