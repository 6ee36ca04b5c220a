package org.postern.push.webpush;

import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.util.Base64;
import org.postern.push.delivery.RefusedDestinationException;
import org.postern.push.subscription.Destination;

/** Checks the keys that a device gives us (RFC 8291, section 2.1). */
final class DeviceKeys {
    private static final int AUTH_BYTES = 16;
    private static final int POINT_BYTES = 65;
    private static final byte UNCOMPRESSED = 4;

    private DeviceKeys() {}

    static void check(Destination.WebPush endpoint) throws RefusedDestinationException {
        if (decode(endpoint.auth(), "keys.auth").length != AUTH_BYTES) {
            throw refused("keys.auth", "keys.auth must be 16 bytes in base64url.");
        }
        byte[] point = decode(endpoint.p256dh(), "keys.p256dh");
        if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
            throw refused("keys.p256dh", "keys.p256dh must be an uncompressed point of P-256 in base64url.");
        }
        try {
            // A point that is not on the curve would give our ephemeral key away, bit by bit.
            PublicKeySources.ofUncompressedBytes(point).extract();
            UserAgentMessageEncryptionKeyInfo.of(endpoint.p256dh(), endpoint.auth());
        } catch (RuntimeException e) {
            throw refused("keys.p256dh", "keys.p256dh is not a point of P-256.");
        }
    }

    private static byte[] decode(String text, String field) throws RefusedDestinationException {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused(field, field + " must be base64url.");
        }
    }

    private static RefusedDestinationException refused(String field, String sentence) {
        return new RefusedDestinationException("keys-refused", field, sentence);
    }
}
