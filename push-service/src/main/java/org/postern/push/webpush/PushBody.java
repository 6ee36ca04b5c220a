package org.postern.push.webpush;

import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import java.nio.ByteBuffer;
import org.postern.push.subscription.Destination;

/** The body of a push: one record of aes128gcm, with a key pair and a salt of its own (RFC 8291; RFC 8188). */
final class PushBody {
    static final String CONTENT_ENCODING = "aes128gcm";

    private static final int SALT_BYTES = 16;

    /** A push service must take a body of this size (RFC 8030, section 7.2), so it is a size that every device knows. */
    private static final int RECORD_SIZE = 4096;

    private PushBody() {}

    static byte[] encrypted(Destination.WebPush device, byte[] document) {
        // An encryption for each push: it is not made to be shared by threads.
        byte[] body = MessageEncryptions.of()
                .encrypt(UserAgentMessageEncryptionKeyInfo.of(device.p256dh(), device.auth()), PushMessage.of(document))
                .toBytes();
        // The library writes the length of the record, where RFC 8291, section 4, asks for a size greater than that. It
        // is
        // in the header, which is not authenticated and gives no key.
        return ByteBuffer.wrap(body).putInt(SALT_BYTES, RECORD_SIZE).array();
    }
}
