package org.postern.push.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
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

    /** A StateChange (RFC 8620, section 7.1). */
    record StateChange(TypeStates states) implements PushContent {
        @Override
        public Map<String, Object> document(String account) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("@type", "StateChange");
            document.put("changed", Map.of(account, states.inOrder()));
            return document;
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
    }
}
