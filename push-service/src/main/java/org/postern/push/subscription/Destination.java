package org.postern.push.subscription;

import org.postern.events.push.PushChannel;

/** By what a device is reached. All of it is a secret: whoever knows it can push. */
public sealed interface Destination {
    /** The kind of channel. */
    PushChannel channel();

    /** What fails or is slow together: scheme, host and port of an endpoint, or the name of a cloud. */
    String host();

    /**
     * A Web Push endpoint, also that of a UnifiedPush distributor.
     *
     * @param url where pushes are posted to
     * @param p256dh the device's public key: an uncompressed point of P-256 in base64url (RFC 8291, section 2.1)
     * @param auth the secret shared with the device: 16 bytes in base64url
     */
    record WebPush(String url, String p256dh, String auth) implements Destination {
        private static final int SCHEME_END = 3;

        @Override
        public PushChannel channel() {
            return PushChannel.WEBPUSH;
        }

        @Override
        public String host() {
            int path = url.indexOf('/', url.indexOf("://") + SCHEME_END);
            return path < 0 ? url : url.substring(0, path);
        }

        @Override
        public String toString() {
            return "WebPush[]";
        }
    }

    /** An app that Firebase knows by a registration token. */
    record Firebase(String token) implements Destination {
        @Override
        public PushChannel channel() {
            return PushChannel.FCM;
        }

        @Override
        public String host() {
            return channel().word();
        }

        @Override
        public String toString() {
            return "Firebase[]";
        }
    }

    /** One that cannot be read, because the key that it was sealed with is no longer there. */
    record Lost(PushChannel channel) implements Destination {
        @Override
        public String host() {
            return "lost";
        }
    }
}
