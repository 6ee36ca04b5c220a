package org.postern.spam.phishing.check;

import java.util.Map;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;

/**
 * A reason for care, not yet in words.
 *
 * @param code its stable code; the words are in the bundle under it
 * @param evidence registered domains, counts and names of our own tables; never an address or a text of the mail
 */
public record Detection(String code, Severity severity, Map<String, String> evidence) {
    public Detection {
        evidence = Map.copyOf(evidence);
    }

    /** A detection, where the condition holds. */
    public static Stream<Detection> when(boolean condition, String code, Severity severity) {
        return condition ? Stream.of(new Detection(code, severity, Map.of())) : Stream.empty();
    }

    /** A detection with one piece of evidence. */
    public static Detection of(String code, Severity severity, String name, String value) {
        return new Detection(code, severity, Map.of(name, value));
    }
}
