package org.postern.message.intake;

import org.jspecify.annotations.Nullable;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;

/**
 * What a client asks to have taken in, without the body.
 *
 * @param key under which a repetition of the request is recognised; null where the client gave none
 */
public record IntakeRequest(
        Envelope envelope, Client client, @Nullable IdempotencyKey key) {}
