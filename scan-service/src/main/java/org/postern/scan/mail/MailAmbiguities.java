package org.postern.scan.mail;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one program sees as an attachment of a mail and another does not, so that it would come in unseen: headers that are
 * there twice, boundaries that can be read in two ways, encodings that are not spelled right, pieces of mails, attachments
 * from before MIME. It reads no part itself: it says that what was read need not be all there is.
 *
 * <p>Told once each, with a constant text. Not for more than one thread.
 */
final class MailAmbiguities {
    private static final String AMBIGUOUS = "ambiguous-mail";
    private static final int MOST_BOUNDARIES = 200;
    private static final Pattern UUENCODED = Pattern.compile("begin(-base64)? [0-7]{3,4} \\S.*");
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
    private static final Pattern BASE64_GOES_ON = Pattern.compile("[A-Za-z0-9+/]++={1,2}[A-Za-z0-9+/][A-Za-z0-9+/=]*+");

    /** A field of a head, or a line that goes on with one. */
    private static final Pattern FIELD = Pattern.compile("[!-9;-~]++ *:|[ \\t]");

    private static final Pattern BARE_RETURN = Pattern.compile("(?i)\\r(?:content-[a-z-]+ *:|--)");

    private final BiConsumer<String, String> found;
    private final Set<String> told = new LinkedHashSet<>();
    private final Set<String> boundaries = new LinkedHashSet<>();
    private final Set<String> closed = new LinkedHashSet<>();
    private @Nullable PartHeader header = new PartHeader();
    private boolean base64;
    private boolean base64Ended;
    private boolean almostDelimiter;
    private boolean uuencoded;

    /** @param found takes code and evidence */
    MailAmbiguities(BiConsumer<String, String> found) {
        this.found = found;
    }

    /** Takes the next line, one byte a character, without its line feed. */
    void line(String raw) {
        String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        if (line.indexOf('\r') >= 0 && BARE_RETURN.matcher(line).find()) {
            tell(AMBIGUOUS, "a line that ends for some programs only");
        }
        if (line.startsWith("--") && delimiter(line.substring(2).stripTrailing())) {
            return;
        }
        PartHeader open = header;
        if (open == null) {
            body(line);
        } else if (line.isEmpty()) {
            end(open);
        } else {
            open.line(line);
        }
    }

    /** Whether that is a delimiter of parts; the header of a part follows it. */
    private boolean delimiter(String text) {
        if (boundaries.contains(text)) {
            if (closed.contains(text)) {
                tell(AMBIGUOUS, "a part after the last one");
            }
            begin(new PartHeader());
            return true;
        }
        if (text.endsWith("--") && boundaries.contains(text.substring(0, text.length() - 2))) {
            closed.add(text.substring(0, text.length() - 2));
            begin(null);
            return true;
        }
        almostDelimiter = boundaries.stream().anyMatch(text::startsWith);
        return false;
    }

    private void begin(@Nullable PartHeader next) {
        header = next;
        base64 = false;
        base64Ended = false;
        almostDelimiter = false;
        uuencoded = false;
    }

    private void end(PartHeader open) {
        open.ambiguities().forEach(one -> tell(AMBIGUOUS, one));
        if (open.is("message/partial")) {
            tell("partial-mail", null);
        }
        if (open.is("message/external-body")) {
            tell("external-body", null);
        }
        String foreign = open.foreignEncoding();
        if (foreign != null) {
            tell("foreign-encoding", foreign);
        }
        open.boundaries().stream()
                .limit(Math.max(0, MOST_BOUNDARIES - boundaries.size()))
                .forEach(boundaries::add);
        begin(open.isPlainMail() ? new PartHeader() : null);
        base64 = open.isBase64() && !open.isMultipart();
    }

    private void body(String line) {
        if (base64) {
            base64(line.strip());
        } else if (uuencoded) {
            uuencoded = false;
            if (isUuencoded(line) || BASE64.matcher(line).matches()) {
                tell("foreign-encoding", "an attachment from before MIME");
            }
        } else if (UUENCODED.matcher(line).matches()) {
            uuencoded = true;
        } else if (line.startsWith("=ybegin ")) {
            tell("foreign-encoding", "yEnc");
        }
        if (almostDelimiter && !line.startsWith("--")) {
            // Up to the end of what would be its head.
            almostDelimiter = FIELD.matcher(line).lookingAt();
            if (line.toLowerCase(Locale.ROOT).startsWith("content-")) {
                almostDelimiter = false;
                tell(AMBIGUOUS, "a part that some programs see");
            }
        }
    }

    /** Some programs stop at the padding, others go on. A footer that a list adds is not in that alphabet. */
    private void base64(String line) {
        if ((base64Ended && BASE64.matcher(line).matches())
                || BASE64_GOES_ON.matcher(line).matches()) {
            tell(AMBIGUOUS, "base64 that goes on after its end");
        }
        base64Ended |= line.endsWith("=");
    }

    /** The first character says how many bytes a line has. */
    private static boolean isUuencoded(String line) {
        if (line.isEmpty() || line.charAt(0) <= ' ' || line.charAt(0) > '`') {
            return false;
        }
        int bytes = (line.charAt(0) - ' ') & 0x3f;
        int characters = (bytes + 2) / 3 * 4;
        return Math.abs(line.length() - 1 - characters) <= 1;
    }

    private void tell(String code, @Nullable String evidence) {
        if (told.add(code + evidence)) {
            found.accept(code, evidence == null ? "" : evidence);
        }
    }
}
