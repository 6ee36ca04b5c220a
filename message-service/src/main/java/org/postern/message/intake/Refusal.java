package org.postern.message.intake;

import org.jspecify.annotations.Nullable;

/** Why a message is not taken in. Nothing of it is kept. */
public enum Refusal {
    ENVELOPE_FROM_MISSING("envelope-from-missing", "Envelope-From"),
    ENVELOPE_FROM_MALFORMED("envelope-from-malformed", "Envelope-From"),
    ENVELOPE_TO_MISSING("envelope-to-missing", "Envelope-To"),
    ENVELOPE_TO_MALFORMED("envelope-to-malformed", "Envelope-To"),
    TOO_MANY_RECIPIENTS("too-many-recipients", "Envelope-To"),
    CLIENT_IP_MALFORMED("client-ip-malformed", "Client-Ip"),
    CLIENT_HELO_MALFORMED("client-helo-malformed", "Client-Helo"),
    CLIENT_HOSTNAME_MALFORMED("client-hostname-malformed", "Client-Hostname"),
    IDEMPOTENCY_KEY_MALFORMED("idempotency-key-malformed", "Idempotency-Key"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", "Idempotency-Key"),
    BODY_EMPTY("body-empty", null),
    BODY_TRUNCATED("body-truncated", null),
    NOT_A_MAIL("not-a-mail", null),
    NUL_BYTES("nul-bytes", null),
    HEADER_BLOCK_TOO_LARGE("header-block-too-large", null),
    MESSAGE_TOO_LARGE("message-too-large", null);

    private final String code;
    private final @Nullable String field;

    Refusal(String code, @Nullable String field) {
        this.code = code;
        this.field = field;
    }

    /** The stable code of the refusal, in kebab-case. */
    public String code() {
        return code;
    }

    /** The header that is at fault; null where the body is. */
    public @Nullable String field() {
        return field;
    }
}
