package org.postern.events;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context of an event: a {@code traceparent} of version 00, so that what happened to a message can be
 * followed through every service.
 */
public record TraceContext(String traceparent) {
    private static final String VERSION = "00-";
    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;
    private static final SecureRandom RANDOM = new SecureRandom();

    public TraceContext {
        // By hand: it is read and made anew for every request and every record.
        if (traceparent.length() != LENGTH
                || !traceparent.startsWith(VERSION)
                || !isId(traceparent, TRACE, SPAN - 1)
                || !isId(traceparent, SPAN, FLAGS - 1)
                || !isHex(traceparent, FLAGS, LENGTH)) {
            throw new MalformedValueException("trace context", "must be a traceparent of version 00");
        }
    }

    /** Whether there is an id, which is not all zeros, and a dash after it. */
    private static boolean isId(String text, int from, int to) {
        if (!isHex(text, from, to) || text.charAt(to) != '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    /** In lower case, as the version asks for. */
    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
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
        return new TraceContext(traceparent.substring(0, SPAN) + randomHex(8) + traceparent.substring(FLAGS - 1));
    }

    /** The 32 hexadecimal digits that all spans of the trace share. */
    public String traceId() {
        return traceparent.substring(TRACE, SPAN - 1);
    }

    /** The 16 hexadecimal digits of this span. */
    public String spanId() {
        return traceparent.substring(SPAN, FLAGS - 1);
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
