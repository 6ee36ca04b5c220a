package org.postern.push.firebase;

import com.google.firebase.ErrorCode;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import com.google.firebase.messaging.SendResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.push.delivery.SendResult;

/** What the answers of Firebase mean (FCM HTTP v1, ErrorCode). */
final class FirebaseAnswers {
    private FirebaseAnswers() {}

    static SendResult read(SendResponse response) {
        FirebaseMessagingException error = response.getException();
        return error == null ? new SendResult.Delivered() : result(error);
    }

    private static SendResult result(FirebaseMessagingException e) {
        MessagingErrorCode code = e.getMessagingErrorCode();
        if (code == null) {
            return resultOf(e.getErrorCode(), after(e));
        }
        return switch (code) {
            case UNREGISTERED -> new SendResult.Gone();
            // A token of another project never becomes one of ours.
            case SENDER_ID_MISMATCH -> new SendResult.Gone();
            case INVALID_ARGUMENT -> new SendResult.Refused("invalid-argument");
            case QUOTA_EXCEEDED -> new SendResult.TryLater("quota-exceeded", after(e), false);
            case UNAVAILABLE -> new SendResult.TryLater("unavailable", after(e), true);
            case INTERNAL -> new SendResult.TryLater("internal-there", after(e), true);
            case THIRD_PARTY_AUTH_ERROR -> new SendResult.TryLater("third-party-auth", after(e), false);
        };
    }

    /** Where the answer has none of the codes of its table, but those of all Google interfaces, or is not theirs at all. */
    private static SendResult resultOf(ErrorCode code, @Nullable Duration after) {
        return switch (code) {
            case INVALID_ARGUMENT, OUT_OF_RANGE -> new SendResult.Refused("invalid-argument");
            case RESOURCE_EXHAUSTED -> new SendResult.TryLater("quota-exceeded", after, false);
            // The service account, not the device: nothing is thrown away for it, and an alert says it.
            case UNAUTHENTICATED, PERMISSION_DENIED -> new SendResult.TryLater("credentials-refused", after, true);
            case FAILED_PRECONDITION,
                    NOT_FOUND,
                    CONFLICT,
                    ABORTED,
                    ALREADY_EXISTS,
                    CANCELLED,
                    DATA_LOSS,
                    UNKNOWN,
                    INTERNAL,
                    UNAVAILABLE,
                    DEADLINE_EXCEEDED -> new SendResult.TryLater("unreachable", after, true);
        };
    }

    private static @Nullable Duration after(FirebaseMessagingException e) {
        if (e.getHttpResponse() == null) {
            return null;
        }
        Object header = e.getHttpResponse().getHeaders().get("retry-after");
        Object value = header instanceof List<?> list && !list.isEmpty() ? list.getFirst() : header;
        try {
            return value == null ? null : Duration.ofSeconds(Long.parseLong(value.toString()));
        } catch (NumberFormatException | DateTimeException notSeconds) {
            return null;
        }
    }
}
