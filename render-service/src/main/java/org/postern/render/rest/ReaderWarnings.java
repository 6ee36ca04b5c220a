package org.postern.render.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.ProblemException;
import org.postern.events.codec.EventJson;
import org.postern.events.mail.Finding;
import org.postern.events.mail.Severity;
import org.postern.render.Warning;

/** What the assessment of a mail found, for its reader. */
final class ReaderWarnings {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final int LONGEST = 32 * 1024;
    private static final int MOST = 10;
    private static final int LONGEST_TEXT = 500;
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

    private ReaderWarnings() {}

    /** The language of ours that a reader prefers; English where none is. */
    static Locale language(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return Locale.ENGLISH;
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    /** @param header a JSON array of findings in base64url, or null where there are none */
    static List<Warning> of(@Nullable String header, Locale language) {
        if (header == null || header.isEmpty()) {
            return List.of();
        }
        if (header.length() > LONGEST) {
            throw invalid();
        }
        try {
            String json = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
            List<Finding> findings = JSON.readValue(json, new TypeReference<>() {});
            return findings.stream()
                    .filter(finding -> finding.severity().compareTo(Severity.MEDIUM) >= 0)
                    .limit(MOST)
                    .map(finding -> warning(finding, language))
                    .toList();
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw invalid();
        }
    }

    private static Warning warning(Finding finding, Locale language) {
        Map<String, Finding.Wording> translations = finding.translations() == null ? Map.of() : finding.translations();
        Finding.Wording own = translations.get(language.getLanguage());
        String text = own == null ? finding.explanation() : own.explanation();
        return new Warning(
                finding.code(), finding.severity().word(), text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
    }

    private static ProblemException invalid() {
        return new ProblemException(400, "warnings-invalid", "The warnings are not findings in base64url.")
                .withField("Postern-Warnings");
    }
}
