package org.postern.events.mail;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reason for care, told so that a reader understands it.
 *
 * @param code its stable code in kebab-case
 * @param severity how bad it is
 * @param explanation a sentence for the reader, in English
 * @param evidence what it rests on, by name; never an address, a subject or a text from the body
 * @param limits what the finding cannot know, a sentence in English; null where nothing is to be said
 * @param translations the same in other languages, by language tag (BCP 47); null where there are none
 */
public record Finding(
        String code,
        Severity severity,
        String explanation,
        Map<String, String> evidence,
        @Nullable String limits,
        @Nullable Map<String, Wording> translations) {
    public Finding {
        evidence = Map.copyOf(evidence);
        translations = translations == null ? null : Map.copyOf(translations);
    }

    /** A finding in English alone. */
    public Finding(String code, Severity severity, String explanation, Map<String, String> evidence) {
        this(code, severity, explanation, evidence, null, null);
    }

    /**
     * A finding in one language.
     *
     * @param explanation a sentence for the reader
     * @param limits what the finding cannot know; null where nothing is to be said
     */
    public record Wording(String explanation, @Nullable String limits) {}
}
