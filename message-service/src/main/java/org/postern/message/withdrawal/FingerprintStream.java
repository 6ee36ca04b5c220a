package org.postern.message.withdrawal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postern.events.ContentHash;

/** Takes the octets of a mail and keeps its head, of 2 MiB at most, and the hash of its body. */
final class FingerprintStream extends OutputStream {
    private static final int LONGEST_HEAD = 2 * 1024 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final MessageDigest digest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<StringBuilder> fields = new ArrayList<>();
    private boolean inHead = true;
    private boolean afterReturn;
    private int headSize;
    private long lineEnds;
    private long hashed;

    FingerprintStream() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void write(int octet) {
        take((byte) octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            take(octets[i]);
        }
    }

    private void take(byte octet) {
        if (octet == '\n') {
            afterReturn = false;
            endLine();
            return;
        }
        if (afterReturn) {
            put((byte) '\r');
        }
        afterReturn = octet == '\r';
        if (!afterReturn) {
            put(octet);
        }
    }

    private void put(byte octet) {
        if (!inHead) {
            update(octet);
            return;
        }
        if (++headSize <= LONGEST_HEAD) {
            line.write(octet);
        }
    }

    private void endLine() {
        if (!inHead) {
            lineEnds++;
        } else if (line.size() == 0) {
            inHead = false;
        } else {
            keepLine();
        }
    }

    private void keepLine() {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        boolean continues = text.charAt(0) == ' ' || text.charAt(0) == '\t';
        if (continues && !fields.isEmpty()) {
            fields.getLast().append(' ').append(text);
        } else {
            fields.add(new StringBuilder(text));
        }
    }

    private void update(byte octet) {
        for (; lineEnds > 0; lineEnds--) {
            digest.update(LINE_END);
            hashed += LINE_END.length;
        }
        digest.update(octet);
        hashed++;
    }

    /** The fingerprint of what was taken; empty where its head is too large. For once. */
    Optional<MailFingerprint> fingerprint() {
        if (afterReturn) {
            put((byte) '\r');
        }
        if (inHead && line.size() > 0) {
            keepLine();
        }
        return headSize > LONGEST_HEAD
                ? Optional.empty()
                : Optional.of(new MailFingerprint(
                        fields.stream().map(FingerprintStream::relaxed).toList(),
                        ContentHash.ofDigest(digest.digest()),
                        hashed));
    }

    /** As {@code relaxed} of RFC 6376, 3.4.2. */
    private static String relaxed(StringBuilder field) {
        int colon = field.indexOf(":");
        if (colon < 0) {
            return field.toString();
        }
        String name = field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        return name + ":" + field.substring(colon + 1).replaceAll("[ \t]+", " ").strip();
    }
}
