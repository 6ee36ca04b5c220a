package org.postern.message.desk;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.Envelope;

/** The envelope as a mail server gives it: each path with or without angle brackets, as its client wrote it. */
public final class SmtpEnvelope {
    private final byte[] sender;
    private final String ownDomain;
    private final int most;
    private final List<byte[]> recipients = new ArrayList<>();
    private boolean tooMany;

    /**
     * @param sender the path of the sender
     * @param ownDomain what a mailbox without a domain belongs to: {@code <postmaster>} is a recipient (RFC 5321, 4.1.1.3)
     * @param most how many recipients at most
     */
    public SmtpEnvelope(byte[] sender, String ownDomain, int most) {
        this.sender = sender.clone();
        this.ownDomain = ownDomain;
        this.most = most;
    }

    /** One more recipient. Of those over the most only that there are some is kept. */
    public void add(byte[] recipient) {
        if (recipients.size() == most) {
            tooMany = true;
        } else {
            recipients.add(recipient.clone());
        }
    }

    /** Whether there is nobody it is for. */
    public boolean isWithoutRecipient() {
        return recipients.isEmpty();
    }

    /**
     * The envelope, each recipient once.
     *
     * @throws UnacceptableEnvelopeException where it cannot be read, with what the client is told
     */
    public Envelope envelope() throws UnacceptableEnvelopeException {
        if (tooMany) {
            throw new UnacceptableEnvelopeException(
                    "452 4.5.3 At most " + most + " recipients; send it to the others again");
        }
        return new Envelope(envelopeSender(), List.copyOf(byMailbox().keySet()));
    }

    /** How the recipient was written, each time it was. */
    public List<byte[]> asGiven(MailAddress recipient) throws UnacceptableEnvelopeException {
        return byMailbox().getOrDefault(recipient, List.of());
    }

    private EnvelopeSender envelopeSender() throws UnacceptableEnvelopeException {
        try {
            String text = text(sender);
            return EnvelopeSender.of(text.isEmpty() ? text : qualified(text));
        } catch (MalformedValueException | CharacterCodingException e) {
            throw new UnacceptableEnvelopeException("553 5.1.7 The sender's address is not one of RFC 5321");
        }
    }

    private Map<MailAddress, List<byte[]>> byMailbox() throws UnacceptableEnvelopeException {
        Map<String, MailAddress> first = new LinkedHashMap<>();
        Map<MailAddress, List<byte[]>> all = new LinkedHashMap<>();
        for (byte[] recipient : recipients) {
            try {
                MailAddress address = MailAddress.of(qualified(text(recipient)));
                MailAddress known = first.computeIfAbsent(address.folded(), folded -> address);
                all.computeIfAbsent(known, mailbox -> new ArrayList<>()).add(recipient);
            } catch (MalformedValueException | CharacterCodingException e) {
                throw new UnacceptableEnvelopeException("553 5.1.3 A recipient's address is not one of RFC 5321");
            }
        }
        return all;
    }

    private String qualified(String mailbox) {
        return mailbox.indexOf('@') < 0 ? mailbox + "@" + ownDomain : mailbox;
    }

    /** Without brackets and without the route that nobody uses any more (RFC 5321, appendix C). */
    private static String text(byte[] path) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(path))
                .toString()
                .strip();
        String bare = text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
        int route = bare.startsWith("@") ? bare.indexOf(':') : -1;
        return bare.substring(route + 1);
    }
}
