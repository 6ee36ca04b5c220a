package org.postern.mime;

import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.jspecify.annotations.Nullable;

/** Makes a file name out of what a mail says: decoded, one path segment, nothing that is not shown as it is. */
final class AttachmentName {
    private static final int LONGEST = 255;

    private AttachmentName() {}

    static @Nullable String of(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String decoded = DecoderUtil.decodeEncodedWords(raw, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
        StringBuilder name = new StringBuilder();
        decoded.codePoints().limit(4L * LONGEST).forEach(point -> {
            if (point == '/' || point == '\\') {
                name.setLength(0);
            } else if (isShown(point)) {
                name.appendCodePoint(point);
            }
        });
        String cut = name.toString().strip();
        if (cut.length() > LONGEST) {
            // The end of a name tells what opening it would do, so the end is what stays.
            int from = cut.length() - LONGEST;
            cut = cut.substring(Character.isLowSurrogate(cut.charAt(from)) ? from + 1 : from);
        }
        return cut.isEmpty() ? null : cut;
    }

    /** Control and format characters hide or turn round what a name ends with: {@code gpj.exe} for {@code exe.jpg}. */
    private static boolean isShown(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
