package org.postern.spam.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.ProblemException;
import org.postern.events.DomainName;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;

/**
 * The headers of a request that say how a mail came; the same as those of {@code /v1/messages}, and here each may be
 * absent. What is there must be right: a value that is not would make another fact of the sender.
 */
final class EnvelopeHeaders {
    private static final String FROM = "Envelope-From";
    private static final String TO = "Envelope-To";
    private static final String IP = "Client-Ip";
    private static final String HELO = "Client-Helo";
    private static final String HOSTNAME = "Client-Hostname";

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]{1,44}");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int LONGEST_LIST = 512 * 1024;

    private final HttpHeaders headers;

    EnvelopeHeaders(HttpHeaders headers) {
        this.headers = headers;
    }

    /** The reverse-path; null where the header is absent. */
    @Nullable EnvelopeSender from() {
        String text = single(FROM);
        return text == null ? null : read(FROM, () -> EnvelopeSender.of(text));
    }

    /** The forward-paths; none where the header is absent. */
    List<MailAddress> recipients() {
        List<MailAddress> recipients = new ArrayList<>();
        for (String occurrence : headers.getRequestHeader(TO)) {
            if (occurrence.length() > LONGEST_LIST) {
                throw malformed(TO, "must be shorter");
            }
            for (String element : elements(decoded(TO, occurrence))) {
                String bare = withoutBrackets(element.strip());
                if (!bare.isEmpty()) {
                    recipients.add(read(TO, () -> MailAddress.of(bare)));
                }
            }
        }
        if (recipients.size() > Envelope.MOST_RECIPIENTS) {
            throw new ProblemException(
                            400,
                            "too-many-recipients",
                            "Envelope-To must name at most " + Envelope.MOST_RECIPIENTS + " recipients.")
                    .withField(TO);
        }
        return recipients;
    }

    /** The elements of a comma list; a comma inside a quoted local part is none. By hand: an expression would look ahead of each. */
    private static List<String> elements(String list) {
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                elements.add(list.substring(start, i));
                start = i + 1;
            }
        }
        elements.add(list.substring(start));
        return elements;
    }

    /** The host that delivered the mail, as far as it is told. */
    Client client() {
        String ip = single(IP);
        String helo = single(HELO);
        if (helo != null && !VISIBLE.matcher(helo).matches()) {
            throw malformed(HELO, "must be 1 to 255 visible ASCII characters");
        }
        String hostname = single(HOSTNAME);
        return new Client(
                ip == null ? null : canonical(ip),
                helo,
                hostname == null
                        ? null
                        : read(HOSTNAME, () -> DomainName.of(hostname)).value());
    }

    private static String canonical(String ip) {
        if (!V4.matcher(ip).matches() && !V6.matcher(ip).matches()) {
            throw malformed(IP, "must be an IPv4 or IPv6 address");
        }
        try {
            // A text of this form is parsed, never looked up.
            return InetAddress.getByName(ip).getHostAddress();
        } catch (UnknownHostException e) {
            throw malformed(IP, "must be an IPv4 or IPv6 address");
        }
    }

    private @Nullable String single(String name) {
        List<String> occurrences = headers.getRequestHeader(name);
        if (occurrences.size() > 1) {
            throw malformed(name, "must be given once at most");
        }
        return occurrences.isEmpty() ? null : decoded(name, occurrences.getFirst());
    }

    /** HTTP hands values over as ISO 8859-1 (RFC 9110, 5.5); addresses of RFC 6531 arrive in them as UTF-8. */
    private static String decoded(String name, String raw) {
        String text = raw.chars().allMatch(c -> c < 0x100)
                ? new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                : raw;
        if (text.indexOf('\ufffd') >= 0) {
            throw malformed(name, "must be ASCII or UTF-8");
        }
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            throw malformed(name, "must not hold control characters");
        }
        return text.strip();
    }

    private static String withoutBrackets(String text) {
        return text.length() > 2 && text.startsWith("<") && text.endsWith(">")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static <T> T read(String name, Reading<T> reading) {
        try {
            return reading.read();
        } catch (MalformedValueException e) {
            throw malformed(name, e.getMessage() == null ? "is malformed" : "is wrong: " + e.getMessage());
        }
    }

    private static ProblemException malformed(String name, String rule) {
        return new ProblemException(400, name.toLowerCase(Locale.ROOT) + "-malformed", name + " " + rule + ".")
                .withField(name);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read();
    }
}
