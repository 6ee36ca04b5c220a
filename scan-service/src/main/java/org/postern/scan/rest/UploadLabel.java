package org.postern.scan.rest;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the headers of an upload say about it. */
final class UploadLabel {
    private static final int LONGEST = 1024;
    private static final Pattern EXTENDED = Pattern.compile(
            "filename\\*\\s*=\\s*([A-Za-z0-9-]{1,20})'[^']{0,20}'([^;\\s]{1,800})", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED =
            Pattern.compile("filename\\s*=\\s*\"((?:[^\"\\\\]|\\\\.){1,500})\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN =
            Pattern.compile("filename\\s*=\\s*([^\\s\";]{1,500})", Pattern.CASE_INSENSITIVE);

    private UploadLabel() {}

    /** The file name of a Content-Disposition (RFC 6266), the extended form before the other; null where there is none. */
    static @Nullable String name(@Nullable String disposition) {
        if (disposition == null || disposition.length() > LONGEST) {
            return null;
        }
        Matcher extended = EXTENDED.matcher(disposition);
        if (extended.find()) {
            String name = decoded(extended.group(2), extended.group(1));
            if (name != null) {
                return name;
            }
        }
        Matcher quoted = QUOTED.matcher(disposition);
        if (quoted.find()) {
            return utf8(quoted.group(1).replaceAll("\\\\(.)", "$1"));
        }
        Matcher token = TOKEN.matcher(disposition);
        return token.find() ? utf8(token.group(1)) : null;
    }

    private static @Nullable String decoded(String value, String charset) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), Charset.forName(charset));
        } catch (IllegalArgumentException e) {
            // Neither a charset nor an encoding: as if it were not there.
            return null;
        }
    }

    /** Clients send UTF-8 in headers, which the server reads as ISO 8859-1. */
    private static String utf8(String name) {
        String read = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return read.contains("\ufffd") ? name : read;
    }

    /** The media type without parameters; null where it says nothing. */
    static @Nullable String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.equals("application/octet-stream") ? null : type;
    }

    /** Whether a client wants one line rather than JSON. */
    static boolean wantsLine(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        String wanted = accept.toLowerCase(Locale.ROOT);
        return wanted.contains("text/plain") && !wanted.contains("json");
    }
}
