package org.postern.push.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postern.push.AnnounceMail;
import org.postern.push.TypeStates;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.VerificationCode;

/** What is told to a device. There is nothing more to tell than this: no sender, no subject, no text. */
public sealed interface PushContent {
    /**
     * The object that is sent.
     *
     * @param account what the account is called towards this device
     */
    Map<String, Object> document(String account);

    /** Whether it is worth waking a device that sleeps; the rest comes when it is awake. */
    boolean isUrgent();

    /**
     * A StateChange (RFC 8620, section 7.1).
     *
     * @param collapses whether a newer one of the same types takes its place where the device has not got it yet
     */
    record StateChange(TypeStates states, boolean collapses) implements PushContent {
        private static final int TOPIC_BYTES = 15;

        /** One whose place a newer one may take. */
        public StateChange(TypeStates states) {
            this(states, true);
        }

        @Override
        public Map<String, Object> document(String account) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("@type", "StateChange");
            document.put("changed", Map.of(account, states.inOrder()));
            return document;
        }

        @Override
        public boolean isUrgent() {
            return states.states().containsKey(AnnounceMail.EMAIL_DELIVERY);
        }

        /**
         * By what a channel tells which push a newer one replaces: the types that are in it, as 20 characters of base64url.
         * One for all would let a change of one type take away that of another.
         */
        public String topic() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(String.join(",", states.inOrder().keySet()).getBytes(StandardCharsets.UTF_8));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TOPIC_BYTES));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    /** A PushVerification (RFC 8620, section 7.2.2). */
    record Verification(SubscriptionId subscription, VerificationCode code) implements PushContent {
        @Override
        public Map<String, Object> document(String account) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("@type", "PushVerification");
            document.put("pushSubscriptionId", subscription.toString());
            document.put("verificationCode", code.value());
            return document;
        }

        @Override
        public boolean isUrgent() {
            return true;
        }
    }
}
