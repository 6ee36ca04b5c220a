package org.postern.message.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;

/** SHA-256 over a list of fields, of which some may be absent: no two lists give the same bytes. */
final class FieldDigest {
    private final MessageDigest digest;

    FieldDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    FieldDigest add(@Nullable String field) {
        // The length goes first; -1 is an absent field.
        byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(field == null ? -1 : bytes.length)
                .array());
        digest.update(bytes);
        return this;
    }

    ContentHash value() {
        return ContentHash.ofDigest(digest.digest());
    }
}
