package org.postern.message.withdrawal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postern.message.canonical.MailLines;
import org.postern.message.canonical.TextHash;

/** Takes the octets of a mail and keeps its head, of 2 MiB at most, and the hash of its body. */
final class FingerprintStream extends OutputStream {
    private static final int LONGEST_HEAD = 2 * 1024 * 1024;

    private final Fields head = new Fields();
    private final TextHash body = new TextHash();
    private final MailLines lines = new MailLines(head, body);

    @Override
    public void write(int octet) {
        lines.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        lines.write(octets, offset, length);
    }

    /** The fingerprint of what was taken; empty where its head is too large. For once. */
    Optional<MailFingerprint> fingerprint() {
        lines.close();
        return head.isTooLarge()
                ? Optional.empty()
                : Optional.of(new MailFingerprint(head.relaxed(), body.hash(), body.size()));
    }

    /** The fields from the top, unfolded. */
    private static final class Fields implements MailLines.Head {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final List<StringBuilder> fields = new ArrayList<>();
        private int size;

        boolean isTooLarge() {
            return size > LONGEST_HEAD;
        }

        List<String> relaxed() {
            return fields.stream().map(Fields::relaxed).toList();
        }

        @Override
        public void octet(byte octet) {
            if (!isTooLarge()) {
                size++;
                line.write(octet);
            }
        }

        @Override
        public void lineEnd() {
            if (isTooLarge()) {
                return;
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            line.reset();
            boolean continues = text.charAt(0) == ' ' || text.charAt(0) == '\t';
            if (continues && !fields.isEmpty()) {
                fields.getLast().append(' ').append(text);
            } else {
                fields.add(new StringBuilder(text));
            }
        }

        @Override
        public void end() {
            // Nothing of it is missing.
        }

        /** As {@code relaxed} of RFC 6376, 3.4.2. */
        private static String relaxed(StringBuilder field) {
            int colon = field.indexOf(":");
            if (colon < 0) {
                return field.toString();
            }
            String name = field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            return name + ":"
                    + field.substring(colon + 1).replaceAll("[ \t]+", " ").strip();
        }
    }
}
