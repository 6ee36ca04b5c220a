package org.postern.message.canonical;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.postern.events.ContentHash;

/** The SHA-256 of text: its lines ended by CRLF, however they were, and without empty lines at its end (RFC 6376, 3.4.3). */
public final class TextHash {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final MessageDigest digest;
    private long lineEnds;
    private long size;

    /** Of nothing yet. */
    public TextHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The next octet of a line. */
    public void octet(byte octet) {
        for (; lineEnds > 0; lineEnds--) {
            put(LINE_END);
        }
        digest.update(octet);
        size++;
    }

    /** The line is over; counted once another comes that is not empty. */
    public void lineEnd() {
        lineEnds++;
    }

    /** Counts the end of the last line that is not empty, as {@code simple} of RFC 6376 does. Nothing may follow. */
    public void endLastLine() {
        if (size > 0) {
            put(LINE_END);
        }
    }

    private void put(byte[] octets) {
        digest.update(octets);
        size += octets.length;
    }

    /** How many octets were hashed. */
    public long size() {
        return size;
    }

    /** The hash. For once. */
    public ContentHash hash() {
        return ContentHash.ofDigest(digest.digest());
    }
}
