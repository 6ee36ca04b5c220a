package org.postern.message.intake;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A client's own name for a request, 1 to 255 visible ASCII characters: a repetition of it is the same request. */
public record IdempotencyKey(String value) {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedRequestException(
                    Refusal.IDEMPOTENCY_KEY_MALFORMED,
                    "Idempotency-Key must be 1 to 255 visible ASCII characters without spaces.");
        }
    }

    /**
     * The key among the occurrences of its header.
     *
     * @throws RefusedRequestException where it is malformed or given more than once
     */
    public static Optional<IdempotencyKey> of(List<String> occurrences) {
        if (occurrences.size() > 1) {
            throw new RefusedRequestException(
                    Refusal.IDEMPOTENCY_KEY_MALFORMED, "Idempotency-Key must be given once at most.");
        }
        return occurrences.stream().findFirst().map(IdempotencyKey::new);
    }
}
