package org.postern.message.intake;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of an HTTP header value. */
final class HeaderText {
    private HeaderText() {}

    /**
     * HTTP hands header values over as ISO 8859-1 (RFC 9110, 5.5); addresses of RFC 6531 arrive in them as UTF-8.
     *
     * @throws RefusedRequestException where the bytes are not UTF-8, or hold a control character: a line break in an
     *     envelope value would become a header or a command of its own further on
     */
    static String of(String raw, Refusal refusal) {
        String text = raw.chars().allMatch(c -> c < 0x80) ? raw : utf8(raw, refusal);
        if (text.codePoints().anyMatch(HeaderText::isForbidden)) {
            throw new RefusedRequestException(refusal, refusal.field() + " must not hold control characters.");
        }
        return text.strip();
    }

    private static String utf8(String raw, Refusal refusal) {
        if (raw.chars().anyMatch(c -> c > 0xff)) {
            // Not from the wire but from a caller that decoded already.
            return raw;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(raw.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedRequestException(refusal, refusal.field() + " must be ASCII or UTF-8.");
        }
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
    }
}
