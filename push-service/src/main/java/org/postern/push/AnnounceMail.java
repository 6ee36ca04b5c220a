package org.postern.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.push.account.AccountDirectory;
import org.postern.push.account.DeliverySwitch;

/** What a mail that was handed over means for the accounts of its recipients. */
public final class AnnounceMail {
    /** The type that changes when mail arrives, and by nothing else (RFC 8621, section 1.5). */
    public static final String EMAIL_DELIVERY = "EmailDelivery";

    private static final int STATE_BYTES = 16;

    private AnnounceMail() {}

    /**
     * A change for each account whose inbox the mail is in: what went to the junk folder or to quarantine wakes nobody, and
     * an account whose mail server tells of it itself is left to that. The state is ours, opaque, and the same whenever the
     * same mail is announced again.
     *
     * @throws DatabaseAwayException where it is not known now who tells an account
     */
    public static List<StateChanged> changes(
            MailHandedOver mail, AccountDirectory directory, DeliverySwitch deliveries) {
        Set<AccountId> accounts = mail.recipients().stream()
                .filter(recipient -> isInInbox(recipient.disposition()))
                .flatMap(recipient -> directory.accounts(mail.tenant(), recipient.recipient()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (accounts.isEmpty()) {
            return List.of();
        }
        Set<AccountId> ours = deliveries.ours(mail.tenant(), accounts);
        return accounts.stream()
                .filter(ours::contains)
                .map(account -> new StateChanged(
                        mail.tenant(), account, Map.of(EMAIL_DELIVERY, state(mail, account)), mail.at()))
                .toList();
    }

    private static boolean isInInbox(Disposition disposition) {
        return switch (disposition) {
            case DELIVER, DELIVER_WITH_WARNING -> true;
            case JUNK, QUARANTINE, REJECT, DEFER -> false;
        };
    }

    private static String state(MailHandedOver mail, AccountId account) {
        try {
            // The account is in it, so that two devices cannot find out by their states that they got the same mail.
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((mail.messageId() + "/" + mail.revision() + "/" + account)
                            .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, STATE_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
