package org.postern.message.intake;

import java.util.List;

/**
 * The headers of a request that carry the envelope, as they came: each with all its occurrences, absent ones empty.
 * Personal data.
 */
public record EnvelopeHeaders(
        List<String> from, List<String> to, List<String> clientIp, List<String> helo, List<String> hostname) {
    public EnvelopeHeaders {
        from = List.copyOf(from);
        to = List.copyOf(to);
        clientIp = List.copyOf(clientIp);
        helo = List.copyOf(helo);
        hostname = List.copyOf(hostname);
    }

    @Override
    public String toString() {
        return "EnvelopeHeaders[hidden]";
    }
}
