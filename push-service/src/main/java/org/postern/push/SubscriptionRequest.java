package org.postern.push;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.MalformedValueException;
import org.postern.push.subscription.Destination;

/**
 * What a client asks for.
 *
 * @param deviceClientId 1 to 255 printable ASCII characters
 * @param types null for all, otherwise 1 to 32 names
 * @param expires null for as long as possible
 */
public record SubscriptionRequest(
        String deviceClientId,
        Destination destination,
        @Nullable Set<String> types,
        @Nullable Instant expires) {
    private static final Pattern DEVICE = Pattern.compile("[!-~]{1,255}");

    public SubscriptionRequest {
        if (!DEVICE.matcher(deviceClientId).matches()) {
            throw new MalformedValueException("deviceClientId", "must be 1 to 255 printable ASCII characters");
        }
        if (types != null) {
            if (types.isEmpty() || types.size() > TypeStates.MOST_TYPES) {
                throw new MalformedValueException("types", "must be null or name 1 to 32 types");
            }
            types.forEach(TypeStates::checkType);
            types = Set.copyOf(types);
        }
    }
}
