package org.postern.message.webhook;

import org.postern.events.EventId;

/** Sends to endpoints. */
public interface Endpoint {
    /**
     * Sends an event, signed. Blocks, for as long as an endpoint may take.
     *
     * @param id what the receiver recognises a repetition by
     * @param body the JSON document
     */
    DeliveryResult send(Webhook webhook, EventId id, String body);

    /**
     * Whether a connection to this URL may be made at all.
     *
     * @throws RefusedEndpointException where it may not
     */
    void check(String url) throws RefusedEndpointException;
}
