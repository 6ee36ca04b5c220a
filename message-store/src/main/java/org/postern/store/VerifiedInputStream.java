package org.postern.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.postern.events.ContentHash;
import org.postern.events.ObjectReference;

/**
 * The plain bytes of an object, which ends only where size and SHA-256 are those of its reference. Used by every adapter,
 * so that none can forget it.
 */
public final class VerifiedInputStream extends InputStream {
    private final InputStream plain;
    private final ObjectReference reference;
    private final MessageDigest digest;
    private long count;
    private boolean verified;

    /** @param plain the bytes to verify, closed with this stream */
    public VerifiedInputStream(InputStream plain, ObjectReference reference) {
        this.plain = plain;
        this.reference = reference;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = readPlain(into, offset, length);
        if (n < 0) {
            verify();
            return -1;
        }
        count += n;
        if (count > reference.size()) {
            throw corrupt("is longer than its reference says");
        }
        digest.update(into, offset, n);
        return n;
    }

    private int readPlain(byte[] into, int offset, int length) throws IOException {
        try {
            return plain.read(into, offset, length);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            // The cipher says so when a segment does not authenticate, and cannot be told from a failing disk here.
            throw new ObjectCorruptException("object " + reference.id() + " cannot be decrypted to its end", e);
        }
    }

    private void verify() throws ObjectCorruptException {
        if (verified) {
            return;
        }
        if (count != reference.size()) {
            throw corrupt("is shorter than its reference says");
        }
        if (!ContentHash.ofDigest(digest.digest()).equals(reference.sha256())) {
            throw corrupt("does not have the hash of its reference");
        }
        verified = true;
    }

    private ObjectCorruptException corrupt(String how) {
        return new ObjectCorruptException("object " + reference.id() + " " + how, null);
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
