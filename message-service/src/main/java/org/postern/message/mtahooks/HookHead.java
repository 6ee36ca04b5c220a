package org.postern.message.mtahooks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postern.message.desk.DeskTerms;
import org.postern.message.stamp.ForeignFields;

/**
 * The head of a message, put together from the names and values of its fields. Stalwart hands a value over as it stood
 * after the colon, with its line ends; its manual shows values without them. Both are read.
 */
final class HookHead {
    private static final String NUL = "550 5.6.0 The head of the message holds a NUL byte";
    private static final byte[] LINE_END = {'\r', '\n'};

    private final long mostBytes;
    private final ForeignFields foreign;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int fields;
    private @Nullable String refusal;

    HookHead(long mostBytes, ForeignFields foreign) {
        this.mostBytes = mostBytes;
        this.foreign = foreign;
    }

    /** How many bytes it may still have. */
    int left() {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE - 8, mostBytes - bytes.size()));
    }

    /** There is more of it than is taken. */
    void isTooLong() {
        refusal = DeskTerms.HEAD_TOO_LONG;
    }

    /** What the client is told where the head is not taken in; null where it is. */
    @Nullable String refusal() {
        return refusal;
    }

    /**
     * Takes the next field, from the top.
     *
     * @throws RefusedHookException where it is more than one field, which no mail server hands over as one
     */
    void field(byte[] name, byte[] value) throws RefusedHookException {
        if (refusal != null) {
            return;
        }
        if (++fields > DeskTerms.MOST_FIELDS || name.length + value.length + 4L > left()) {
            isTooLong();
            return;
        }
        check(name, value);
        if (refusal != null) {
            return;
        }
        foreign.take(text(name), text(value));
        bytes.writeBytes(name);
        if (value.length == 0 && endsLine(name)) {
            // A line without a colon, as it was sent.
            return;
        }
        bytes.write(':');
        if (value.length > 0 && !endsLine(value) && !isSpace(value[0])) {
            bytes.write(' ');
        }
        bytes.writeBytes(value);
        if (!endsLine(value)) {
            bytes.writeBytes(LINE_END);
        }
    }

    /** The head with the empty line below it. */
    byte[] toBytes() {
        bytes.writeBytes(LINE_END);
        return bytes.toByteArray();
    }

    private void check(byte[] name, byte[] value) throws RefusedHookException {
        for (byte b : name) {
            if (b == ':') {
                throw malformed("The name of a field holds a colon.");
            }
        }
        checkLines(name, value.length == 0);
        checkLines(value, true);
    }

    /** A line within a field begins with white space (RFC 5322, 2.2.3): one that does not is another field. */
    private void checkLines(byte[] text, boolean mayEnd) throws RefusedHookException {
        for (int i = 0; i < text.length; i++) {
            boolean last = i + 1 == text.length;
            if (text[i] == '\n' && (last ? !mayEnd : !isSpace(text[i + 1]))) {
                throw malformed("A field holds a line that does not belong to it.");
            }
            if (text[i] == 0) {
                refusal = NUL;
            }
        }
    }

    private static boolean endsLine(byte[] text) {
        return text.length > 0 && text[text.length - 1] == '\n';
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static RefusedHookException malformed(String detail) {
        return RefusedHookException.hook("headers-malformed", detail);
    }
}
