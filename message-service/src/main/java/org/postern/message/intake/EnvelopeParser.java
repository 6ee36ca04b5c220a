package org.postern.message.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;

/** Reads the envelope of a request from its headers, before a byte of the body is read. */
public final class EnvelopeParser {
    private static final int LONGEST_HELO = 255;

    private final int mostRecipients;

    /** @param mostRecipients more are refused; 1 to {@link Envelope#MOST_RECIPIENTS} */
    public EnvelopeParser(int mostRecipients) {
        if (mostRecipients < 1 || mostRecipients > Envelope.MOST_RECIPIENTS) {
            throw new IllegalArgumentException("the limit of recipients must be 1 to " + Envelope.MOST_RECIPIENTS);
        }
        this.mostRecipients = mostRecipients;
    }

    /** @throws RefusedRequestException where something is missing, malformed or too much */
    public Envelope envelope(EnvelopeHeaders headers) {
        return new Envelope(sender(headers.from()), recipients(headers.to()));
    }

    /** @throws RefusedRequestException where what was told of the client is malformed */
    public Client client(EnvelopeHeaders headers) {
        String ip = single(headers.clientIp(), Refusal.CLIENT_IP_MALFORMED);
        String helo = single(headers.helo(), Refusal.CLIENT_HELO_MALFORMED);
        String hostname = single(headers.hostname(), Refusal.CLIENT_HOSTNAME_MALFORMED);
        return new Client(ip == null ? null : IpLiteral.canonical(ip), checkedHelo(helo), checkedHostname(hostname));
    }

    private static EnvelopeSender sender(List<String> occurrences) {
        if (occurrences.isEmpty()) {
            throw new RefusedRequestException(
                    Refusal.ENVELOPE_FROM_MISSING, "Envelope-From is required; <> stands for the null sender.");
        }
        String text = single(occurrences, Refusal.ENVELOPE_FROM_MALFORMED);
        try {
            return EnvelopeSender.of(text == null ? "" : text);
        } catch (MalformedValueException e) {
            throw new RefusedRequestException(Refusal.ENVELOPE_FROM_MALFORMED, "Envelope-From: " + e.getMessage());
        }
    }

    private List<MailAddress> recipients(List<String> occurrences) {
        Map<String, MailAddress> recipients = new LinkedHashMap<>();
        for (String occurrence : occurrences) {
            String list = HeaderText.of(occurrence, Refusal.ENVELOPE_TO_MALFORMED);
            for (String element : AddressList.split(list)) {
                MailAddress address = recipient(element);
                recipients.putIfAbsent(address.folded(), address);
            }
        }
        if (recipients.isEmpty()) {
            throw new RefusedRequestException(
                    Refusal.ENVELOPE_TO_MISSING, "Envelope-To is required: one recipient or more.");
        }
        if (recipients.size() > mostRecipients) {
            throw new RefusedRequestException(
                    Refusal.TOO_MANY_RECIPIENTS,
                    "Envelope-To must name at most " + mostRecipients + " recipients and names " + recipients.size()
                            + ".");
        }
        return List.copyOf(recipients.values());
    }

    private static MailAddress recipient(String element) {
        try {
            return MailAddress.of(element);
        } catch (MalformedValueException e) {
            throw new RefusedRequestException(Refusal.ENVELOPE_TO_MALFORMED, "Envelope-To: " + e.getMessage());
        }
    }

    private static @Nullable String single(List<String> occurrences, Refusal refusal) {
        if (occurrences.size() > 1) {
            throw new RefusedRequestException(refusal, refusal.field() + " must be given once at most.");
        }
        if (occurrences.isEmpty()) {
            return null;
        }
        String text = HeaderText.of(occurrences.getFirst(), refusal);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String checkedHelo(@Nullable String helo) {
        // Hosts say all sorts of things here, and what they say is evidence: only what could not stand in a header is
        // refused.
        if (helo != null && (helo.length() > LONGEST_HELO || !helo.chars().allMatch(c -> c > 0x20 && c < 0x7f))) {
            throw new RefusedRequestException(
                    Refusal.CLIENT_HELO_MALFORMED,
                    "Client-Helo must be 1 to " + LONGEST_HELO + " visible ASCII characters.");
        }
        return helo;
    }

    private static @Nullable String checkedHostname(@Nullable String hostname) {
        if (hostname == null) {
            return null;
        }
        try {
            return DomainName.of(hostname).value();
        } catch (MalformedValueException e) {
            throw new RefusedRequestException(Refusal.CLIENT_HOSTNAME_MALFORMED, "Client-Hostname: " + e.getMessage());
        }
    }
}
