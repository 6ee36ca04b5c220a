package org.postern.message.siem;

import java.util.Map;
import org.postern.message.outlet.ToldEvent;

/**
 * ArcSight's Common Event Format, version 0 of CEF:0. Whatever stands in an event cannot end a field, a line or a value: a
 * pipe and a backslash are escaped in the header, an equals sign and a backslash in an extension, and control characters
 * become spaces.
 */
public final class CefLine implements LineFormat {
    private static final int LONGEST_VALUE = 1_000;

    /** Names that CEF has for what we say. */
    private static final Map<String, String> NAMES = Map.of(
            "messageId", "externalId",
            "actor", "suid",
            "act", "act",
            "outcome", "outcome",
            "dispositions", "act",
            "reasons", "reason",
            "recipientCount", "cnt");

    private final String version;

    /** @param version of the suite */
    public CefLine(String version) {
        this.version = version;
    }

    @Override
    public String line(ToldEvent event) {
        Facts facts = Facts.of(event);
        StringBuilder line = new StringBuilder("CEF:0|Postern|Postern|")
                .append(header(version))
                .append('|')
                .append(header(event.topic().topicName()))
                .append('|')
                .append(header(event.topic().topicName().replaceFirst("\\.v[0-9]+$", "")))
                .append('|')
                .append(Severity.of(event.topic(), facts.bad()).cef())
                .append('|');
        append(line, "rt", Long.toString(event.at().toEpochMilli()));
        append(line, "deviceExternalId", event.id().toString());
        append(line, "cs1Label", "tenant");
        append(line, "cs1", event.tenant().value());
        facts.words()
                .forEach((name, value) -> append(line, NAMES.getOrDefault(name, "postern" + capital(name)), value));
        return line.toString().stripTrailing();
    }

    private static void append(StringBuilder line, String name, String value) {
        String cut = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
        line.append(key(name)).append('=').append(extension(cut)).append(' ');
    }

    /** A name of ours, which has nothing but letters and digits. */
    private static String key(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "");
    }

    private static String capital(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    static String header(String text) {
        return plain(text).replace("\\", "\\\\").replace("|", "\\|");
    }

    static String extension(String text) {
        return plain(text).replace("\\", "\\\\").replace("=", "\\=");
    }

    /** Without what a reader may take for the end of a line, or for a command of a terminal. */
    private static String plain(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point)
                                || Character.getType(point) == Character.LINE_SEPARATOR
                                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                                || Character.getType(point) == Character.FORMAT
                                || Character.getType(point) == Character.SURROGATE
                        ? ' '
                        : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
