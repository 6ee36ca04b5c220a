package org.postern.message.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postern.events.EventId;

/**
 * The secrets of webhooks and what is signed with them, in the format of Standard Webhooks. A secret is derived from the
 * installation's and kept nowhere: who reads the database can sign nothing.
 */
public final class WebhookSecrets {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String MARK = "whsec_";
    private static final String SIGNATURE_VERSION = "v1,";

    private final byte[] installation;

    /** @param installation the installation's secret, 32 bytes */
    public WebhookSecrets(byte[] installation) {
        this.installation = mac(installation, "postern/webhook");
    }

    /** The secret that signs now, as a receiver is told it. */
    public String secret(Webhook webhook) {
        return MARK + Base64.getEncoder().encodeToString(key(webhook, webhook.secretVersion()));
    }

    /** The value of {@code webhook-signature}: one signature, or two while a secret is being changed. */
    public String signature(Webhook webhook, EventId id, long timestamp, String body, Instant now) {
        String content = id + "." + timestamp + "." + body;
        String signature = signature(webhook, webhook.secretVersion(), content);
        return webhook.signsTwice(now)
                ? signature + " " + signature(webhook, webhook.secretVersion() - 1, content)
                : signature;
    }

    private String signature(Webhook webhook, int version, String content) {
        return SIGNATURE_VERSION + Base64.getEncoder().encodeToString(mac(key(webhook, version), content));
    }

    private byte[] key(Webhook webhook, int version) {
        return mac(installation, webhook.tenant() + "/" + webhook.id() + "/" + version);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
