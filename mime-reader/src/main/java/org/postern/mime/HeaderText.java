package org.postern.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.Group;
import org.apache.james.mime4j.field.address.LenientAddressParser;

/** Reads the values of header fields as {@link MailObserver#field} gives them. */
public final class HeaderText {
    /** What of a value is looked at, in characters; nothing that people see is longer. */
    public static final int LONGEST = 16 * 1024;

    private HeaderText() {}

    /** A text such as that of Subject, its encoded words (RFC 2047) decoded. */
    public static String decode(String value) {
        return DecoderUtil.decodeEncodedWords(cut(value), DecodeMonitor.SILENT, StandardCharsets.UTF_8);
    }

    /**
     * The mailboxes of a field such as From, those of groups included; what cannot be read as one is passed over.
     *
     * @param most how many at most
     */
    public static List<Mailbox> mailboxes(String value, int most) {
        List<Mailbox> mailboxes = new ArrayList<>();
        try {
            for (Address address : LenientAddressParser.DEFAULT.parseAddressList(cut(value))) {
                if (address instanceof Group group) {
                    group.getMailboxes().forEach(mailbox -> mailboxes.add(of(mailbox)));
                } else if (address instanceof org.apache.james.mime4j.dom.address.Mailbox mailbox) {
                    mailboxes.add(of(mailbox));
                }
            }
        } catch (RuntimeException e) {
            // The lenient parser still gives up on some texts. What it read until then counts.
            return mailboxes.stream().limit(most).toList();
        }
        return mailboxes.stream().limit(most).toList();
    }

    private static Mailbox of(org.apache.james.mime4j.dom.address.Mailbox mailbox) {
        String name = mailbox.getName();
        String local = mailbox.getLocalPart();
        String domain = mailbox.getDomain();
        return new Mailbox(name == null ? "" : decode(name), local == null ? "" : local, domain == null ? "" : domain);
    }

    /** The octets of a header are UTF-8 (RFC 6532) where they can be, and else what old programs meant. */
    static String ofOctets(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    private static String cut(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }
}
