package org.postern.scan.mail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The header of a mail or a part, as far as it says how the body is to be read. What is wrong with it is what programs read
 * in different ways.
 */
final class PartHeader {
    private static final int LONGEST_FIELD = 10_000;
    private static final Set<String> ENCODINGS = Set.of("7bit", "8bit", "binary", "quoted-printable", "base64", "");
    private static final Pattern DECODED = Pattern.compile("base64|quoted-printable");
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary\\s*(\\*[0-9*]*)?\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

    /** A parameter that names a file, its number and star (RFC 2231), and its value. */
    private static final Pattern FILE_NAME = Pattern.compile(
            "(?i)(?<![A-Za-z0-9_-])((?:file)?name[*0-9]{0,6})\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*+\"?|[^;]*+)");

    private final List<String> types = new ArrayList<>();
    private final List<String> dispositions = new ArrayList<>();
    private final List<String> encodings = new ArrayList<>();
    private StringBuilder field = new StringBuilder();

    /** Takes a line that is not empty. */
    void line(String line) {
        boolean folded = line.startsWith(" ") || line.startsWith("\t");
        if (!folded) {
            endField();
        }
        if (field.length() < LONGEST_FIELD) {
            field.append(line);
        }
    }

    private void endField() {
        String text = field.toString();
        field = new StringBuilder();
        int colon = text.indexOf(':');
        if (colon < 0) {
            return;
        }
        String name = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String value = text.substring(colon + 1).strip();
        if (name.equals("content-type")) {
            types.add(value);
        } else if (name.equals("content-transfer-encoding")) {
            encodings.add(value.toLowerCase(Locale.ROOT));
        } else if (name.equals("content-disposition")) {
            dispositions.add(value);
        }
    }

    /** Ends it; what is ambiguous in it, in a few words and without anything of its content. */
    List<String> ambiguities() {
        endField();
        List<String> found = new ArrayList<>();
        if (differ(types)) {
            found.add("two types");
        }
        if (differ(encodings)) {
            found.add("two encodings");
        }
        if (differ(dispositions)) {
            found.add("two dispositions");
        }
        if (Stream.concat(types.stream(), dispositions.stream()).anyMatch(PartHeader::hasTwoNames)) {
            found.add("two file names");
        }
        for (String encoding : encodings) {
            if (!ENCODINGS.contains(encoding) && DECODED.matcher(encoding).find()) {
                found.add("an encoding that is not spelled right");
            }
        }
        if (isMultipart()) {
            List<String> boundaries = boundaries();
            if (boundaries.isEmpty()) {
                found.add("no boundary");
            } else if (boundaries.size() > 1 || hasExtendedBoundary()) {
                found.add("two boundaries");
            }
            if (encodings.stream().anyMatch(one -> DECODED.matcher(one).find())) {
                found.add("parts that are encoded as a whole");
            }
        }
        return found;
    }

    private static boolean differ(List<String> values) {
        return values.stream()
                        .map(one -> one.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                > 1;
    }

    /** One in ASCII beside one in Unicode is what many programs write; the same parameter with two values is not. */
    private static boolean hasTwoNames(String value) {
        Map<String, String> names = new HashMap<>();
        Matcher name = FILE_NAME.matcher(value);
        while (name.find()) {
            String text = name.group(2).strip();
            String before = names.putIfAbsent(name.group(1).toLowerCase(Locale.ROOT), text);
            if (before != null && !before.equals(text)) {
                return true;
            }
        }
        return Stream.of("name*", "filename*")
                .anyMatch(whole -> names.containsKey(whole)
                        && (names.containsKey(whole + "0") || names.containsKey(whole + "0*")));
    }

    /** The boundaries of the parts inside, of every reading; empty where it has none. */
    List<String> boundaries() {
        List<String> found = new ArrayList<>();
        for (String type : types) {
            Matcher boundary = BOUNDARY.matcher(type);
            while (boundary.find()) {
                String value = boundary.group(2) == null ? boundary.group(3) : boundary.group(2);
                if (!value.isEmpty() && !found.contains(value)) {
                    found.add(value);
                }
            }
        }
        return found;
    }

    private boolean hasExtendedBoundary() {
        return types.stream().anyMatch(type -> {
            Matcher boundary = BOUNDARY.matcher(type);
            return boundary.find() && boundary.group(1) != null;
        });
    }

    boolean isMultipart() {
        return is("multipart/");
    }

    /** Whether the body is a mail with a header of its own, as it stands. */
    boolean isPlainMail() {
        return (is("message/rfc822") || is("message/global")) && !isBase64();
    }

    boolean isBase64() {
        return encodings.contains("base64");
    }

    /** Whether a type begins like that, in any reading. */
    boolean is(String type) {
        return types.stream().anyMatch(one -> one.toLowerCase(Locale.ROOT).startsWith(type));
    }

    /** The encoding that nobody here undoes; null where it is none of those. */
    @Nullable String foreignEncoding() {
        return encodings.stream()
                .filter(one -> one.contains("uue") || one.contains("binhex") || one.contains("yenc"))
                .findFirst()
                .map(one -> "an encoding that is not of MIME")
                .orElse(null);
    }
}
