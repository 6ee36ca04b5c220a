package org.postern.message.outbox;

import org.postern.events.codec.EncodedEvent;

/**
 * An event that is kept but perhaps not told yet.
 *
 * @param sequence its place in the outbox
 */
public record PendingEvent(long sequence, EncodedEvent event) {}
