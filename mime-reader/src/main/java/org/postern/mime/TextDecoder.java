package org.postern.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes text as browsers do (WHATWG Encoding): a byte order mark wins, labels of subsets mean their supersets, UTF-7 is
 * not known. What cannot be decoded becomes U+FFFD.
 */
public final class TextDecoder {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int SNIFFED = 1024;
    private static final Pattern META_CHARSET =
            Pattern.compile("<meta[^>]{0,200}charset\\s{0,9}=\\s{0,9}[\"']?([\\w.:-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> SUPERSETS = Map.ofEntries(
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("big5", "big5-hkscs"));

    private TextDecoder() {}

    /**
     * Decodes a text.
     *
     * @param declared the charset it is said to be in; where that is absent or unknown, UTF-8 if it is that, else
     *     windows-1252
     * @param html whether a {@code <meta charset>} may say it
     */
    public static String decode(byte[] bytes, @Nullable String declared, boolean html) {
        Charset marked = byteOrderMark(bytes);
        if (marked != null) {
            return withoutMark(new String(bytes, marked));
        }
        Charset charset = named(declared);
        if (charset != null && !isAscii(declared)) {
            return new String(bytes, charset);
        }
        // Many mails say ASCII, or nothing, and mean UTF-8.
        String utf8 = strictUtf8(bytes);
        if (utf8 != null) {
            return utf8;
        }
        Charset inside = html ? metaCharset(bytes) : null;
        return new String(bytes, inside == null ? WINDOWS_1252 : inside);
    }

    private static boolean isAscii(@Nullable String declared) {
        return declared != null && declared.strip().toLowerCase(Locale.ROOT).endsWith("ascii");
    }

    private static @Nullable Charset byteOrderMark(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return null;
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static @Nullable Charset metaCharset(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, SNIFFED), StandardCharsets.ISO_8859_1);
        Matcher meta = META_CHARSET.matcher(start);
        return meta.find() ? named(meta.group(1)) : null;
    }

    private static @Nullable Charset named(@Nullable String label) {
        if (label == null) {
            return null;
        }
        String clean = label.strip().replaceAll("^[\"']|[\"']$", "").toLowerCase(Locale.ROOT);
        try {
            Charset charset = Charset.forName(SUPERSETS.getOrDefault(clean, clean));
            // Its letters are ASCII that means something else: no browser reads it, and neither do we.
            return charset.name().toUpperCase(Locale.ROOT).contains("UTF-7") ? null : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static @Nullable String strictUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
