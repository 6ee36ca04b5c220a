package org.postern.message.withdrawal;

import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;

/**
 * What a copy is found by. It is not known by that: a sender chooses the Message-ID.
 *
 * @param message our id, which a copy bears where we stamped it
 * @param stamped whether we did
 * @param internetId the Message-ID with its angle brackets; null where it has none that can be looked for
 */
public record Sought(
        MessageId message, boolean stamped, @Nullable String internetId) {}
