package org.postern.events.mail;

import java.util.Map;

/**
 * One reason for care, told so that a reader understands it.
 *
 * @param code its stable code in kebab-case
 * @param severity how bad it is
 * @param explanation a sentence for the reader, in English
 * @param evidence what it rests on, by name; never an address, a subject or a text from the body
 */
public record Finding(String code, Severity severity, String explanation, Map<String, String> evidence) {
    public Finding {
        evidence = Map.copyOf(evidence);
    }
}
