package org.postern.message.intake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An IP address in text form. */
public final class IpLiteral {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private IpLiteral() {}

    /** The address in its one canonical spelling; IPv4 mapped into IPv6 is IPv4. No name is ever looked up. */
    public static String canonical(String text) {
        if (!V4.matcher(text).matches()
                && !(text.indexOf(':') >= 0 && V6.matcher(text).matches())) {
            throw malformed();
        }
        try {
            // A text of this form is parsed, not resolved.
            return InetAddress.getByName(text).getHostAddress();
        } catch (UnknownHostException e) {
            throw malformed();
        }
    }

    private static RefusedRequestException malformed() {
        return new RefusedRequestException(
                Refusal.CLIENT_IP_MALFORMED,
                "Client-Ip must be an IPv4 or IPv6 address without brackets, zone or port.");
    }
}
