package org.postern.spam.rspamd;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.spam.Mail;

/**
 * What Rspamd is told beside the mail. These headers and no others: {@code File}, {@code Path} and {@code Shm} would make
 * it read files of its host, and {@code User} would switch the verification of the sender off.
 *
 * <p>A value that is not printable ASCII is left out, so that none can end its line and begin another header.
 */
record RspamdHeaders(List<Header> all) {
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,512}");
    private static final Pattern ADDRESS_LITERAL = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final String CLIENT_IP = "IP";

    /** One header. */
    record Header(String name, String value) {}

    RspamdHeaders {
        all = List.copyOf(all);
    }

    static RspamdHeaders of(Mail mail) {
        List<Header> headers = new ArrayList<>();
        String ip = mail.client().ip();
        if (ip != null && ADDRESS_LITERAL.matcher(ip).matches()) {
            headers.add(new Header(CLIENT_IP, ip));
        }
        add(headers, "Helo", mail.client().helo());
        add(headers, "Hostname", mail.client().hostname());
        EnvelopeSender from = mail.from();
        if (from != null) {
            add(headers, "From", reversePath(from));
        }
        for (MailAddress recipient : mail.recipients()) {
            add(headers, "Rcpt", ascii(recipient));
        }
        if (mail.messageId() != null) {
            add(headers, "Queue-Id", mail.messageId().toString());
        }
        return new RspamdHeaders(headers);
    }

    /** Whether Rspamd was told the client's address, without which it cannot evaluate SPF. */
    boolean nameTheClient() {
        return all.stream().anyMatch(header -> header.name().equals(CLIENT_IP));
    }

    private static void add(List<Header> headers, String name, @Nullable String value) {
        if (value != null && PRINTABLE.matcher(value).matches()) {
            headers.add(new Header(name, value));
        }
    }

    private static String reversePath(EnvelopeSender from) {
        return switch (from) {
            case EnvelopeSender.NullSender none -> "<>";
            case EnvelopeSender.Mailbox mailbox -> ascii(mailbox.address());
        };
    }

    /** The domain counts, and is ASCII already. In a local part of RFC 6531 what HTTP cannot carry becomes a mark. */
    private static String ascii(MailAddress address) {
        return address.value().replaceAll("[^\\x20-\\x7e]", "?");
    }

    @Override
    public String toString() {
        return "RspamdHeaders[" + all.size() + "]";
    }
}
