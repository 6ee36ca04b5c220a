package org.postern.events;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context of an event: a {@code traceparent} of version 00, so that what happened to a message can be
 * followed through every service.
 */
public record TraceContext(String traceparent) {
    private static final Pattern FORM = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public TraceContext {
        if (!FORM.matcher(traceparent).matches()
                || traceparent.startsWith("0".repeat(32), 3)
                || traceparent.startsWith("0".repeat(16), 36)) {
            throw new MalformedValueException("trace context", "must be a traceparent of version 00");
        }
    }

    /** A trace that starts here. */
    public static TraceContext start() {
        return new TraceContext("00-" + randomHex(16) + "-" + randomHex(8) + "-01");
    }

    /** What a caller sent, or a new trace where that is absent or malformed: a bad trace must not cost a mail. */
    public static TraceContext continueOrStart(@Nullable String traceparent) {
        if (traceparent == null) {
            return start();
        }
        try {
            return new TraceContext(traceparent).child();
        } catch (MalformedValueException e) {
            return start();
        }
    }

    /** The next span of the same trace. */
    public TraceContext child() {
        return new TraceContext(traceparent.substring(0, 36) + randomHex(8) + traceparent.substring(52));
    }

    /** The 32 hexadecimal digits that all spans of the trace share. */
    public String traceId() {
        return traceparent.substring(3, 35);
    }

    /** The 16 hexadecimal digits of this span. */
    public String spanId() {
        return traceparent.substring(36, 52);
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        do {
            RANDOM.nextBytes(random);
        } while (isZero(random));
        return HexFormat.of().formatHex(random);
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
