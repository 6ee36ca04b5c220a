package org.postern.scan.clamav;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What clamd says in a session of three commands, {@code VERSION}, {@code INSTREAM}, {@code VERSION}: a line {@code N: text}
 * for each, in any order. A line about something that was not asked, or twice about the same, is another session's, and
 * nothing more is believed.
 *
 * <p>Not for more than one thread.
 */
final class SessionReplies {
    private static final int VERSION_BEFORE = 1;
    private static final int STREAM = 2;
    private static final int VERSION_AFTER = 3;
    /** No line of clamd comes near this. */
    private static final int LONGEST_LINE = 4096;

    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,9}): (.*)", Pattern.DOTALL);

    private final @Nullable String[] texts = new @Nullable String[VERSION_AFTER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int missing = VERSION_AFTER;
    private @Nullable String withoutNumber;
    private boolean garbled;

    /** Takes what came next; part of a line is kept until the rest of it is there. */
    void take(Buffer bytes) {
        for (int i = 0; i < bytes.length() && !areOver(); i++) {
            byte b = bytes.getByte(i);
            // NUL ends what answers a z command, a newline some errors.
            if (b == 0 || b == '\n') {
                line(line.toString(StandardCharsets.US_ASCII));
                line.reset();
                // What comes after the end is not an answer to us.
                garbled |= areOver() && i + 1 < bytes.length();
            } else {
                line.write(b);
                garbled |= line.size() > LONGEST_LINE;
            }
        }
    }

    private void line(String text) {
        Matcher numbered = NUMBERED.matcher(text);
        if (!numbered.matches()) {
            withoutNumber = text;
            return;
        }
        int number = Integer.parseInt(numbered.group(1));
        if (number < 1 || number > texts.length || texts[number - 1] != null) {
            garbled = true;
            return;
        }
        texts[number - 1] = numbered.group(2);
        missing--;
    }

    /** Whether nothing more is to be waited for. */
    boolean areOver() {
        return missing == 0 || garbled || withoutNumber != null;
    }

    /** Whether every command was answered, once, and nothing else was said. */
    boolean areWhole() {
        return missing == 0 && !garbled && withoutNumber == null;
    }

    /** Whether something was said that cannot be an answer to us. */
    boolean areGarbled() {
        return garbled;
    }

    /** What was said of the stream; null where nothing was. */
    @Nullable String toStream() {
        return texts[STREAM - 1];
    }

    /** The version that was told before the stream; null where none was. */
    @Nullable String versionBefore() {
        return texts[VERSION_BEFORE - 1];
    }

    /** The version that was told after the stream; null where none was. */
    @Nullable String versionAfter() {
        return texts[VERSION_AFTER - 1];
    }

    /** What was said of the connection and not of a command; null where nothing was. */
    @Nullable String withoutNumber() {
        return withoutNumber;
    }
}
