package org.postern.push.subscription;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.push.AccountId;
import org.postern.events.push.PushChannel;

/** By what a device is reached. All of it is a secret: whoever knows it can push. */
public sealed interface Destination {
    /** The kind of channel. */
    PushChannel channel();

    /** What fails or is slow together: the origin of an endpoint, or the name of a cloud. */
    String host();

    /** What an account is called in the pushes that go there; nothing where that was said when the device subscribed. */
    Optional<String> accountName(AccountId account);

    /**
     * A Web Push endpoint, also that of a UnifiedPush distributor.
     *
     * @param url where pushes are posted to: one that the outbound guard has looked at
     * @param p256dh the device's public key: an uncompressed point of P-256 in base64url (RFC 8291, section 2.1)
     * @param auth the secret shared with the device: 16 bytes in base64url
     * @param applicationServerKey the key of ours that the browser subscribed with, the only one that its push service takes
     *     pushes from; null where it was subscribed before that was kept
     */
    record WebPush(
            String url,
            String p256dh,
            String auth,
            @Nullable String applicationServerKey) implements Destination {
        private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#]+)");

        /** One of which is not known what key it was subscribed with. */
        public WebPush(String url, String p256dh, String auth) {
            this(url, p256dh, auth, null);
        }

        @Override
        public PushChannel channel() {
            return PushChannel.WEBPUSH;
        }

        /** The origin (RFC 6454, section 6.2), so that no two ways of writing it are two hosts. */
        @Override
        public String host() {
            Matcher origin = ORIGIN.matcher(url.toLowerCase(Locale.ROOT));
            if (!origin.lookingAt()) {
                throw new IllegalStateException("an endpoint is no URL");
            }
            String usual = origin.group(1).equals("https") ? ":443" : ":80";
            String host = origin.group();
            return host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host;
        }

        /** Pushes are encrypted for the device: nobody in between learns it. */
        @Override
        public Optional<String> accountName(AccountId account) {
            return Optional.of(account.value());
        }

        @Override
        public String toString() {
            return "WebPush[]";
        }
    }

    /**
     * An app that Firebase knows by a registration token.
     *
     * @param aliasKey what accounts are renamed with, since Firebase can read what it carries; null where it was subscribed
     *     before there were keys, when a name was drawn for it
     */
    record Firebase(String token, @Nullable AliasKey aliasKey) implements Destination {
        @Override
        public PushChannel channel() {
            return PushChannel.FCM;
        }

        @Override
        public String host() {
            return channel().word();
        }

        @Override
        public Optional<String> accountName(AccountId account) {
            return aliasKey == null ? Optional.empty() : Optional.of(aliasKey.alias(account));
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

        @Override
        public Optional<String> accountName(AccountId account) {
            return Optional.empty();
        }
    }
}
