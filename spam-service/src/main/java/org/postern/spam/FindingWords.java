package org.postern.spam;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.postern.events.mail.Finding;
import org.postern.events.mail.Severity;

/**
 * Puts findings into words, English and French, from a bundle with two sentences under each key: {@code KEY.explanation} and
 * {@code KEY.limits}. A sentence names a piece of evidence as {@code {name}}; nothing else of the mail gets into it.
 */
public final class FindingWords {
    private static final String ENGLISH = "en";
    /** The languages there are beside English. */
    private static final List<String> OTHERS = List.of("fr");

    private final Map<String, ResourceBundle> bundles = new HashMap<>();

    /**
     * Loads a bundle.
     *
     * @param name its base name, {@code phishing.findings} for {@code phishing/findings*.properties}
     * @throws MissingResourceException where there is none
     */
    public FindingWords(String name) {
        bundles.put(ENGLISH, bundle(name, Locale.ROOT));
        OTHERS.forEach(language -> bundles.put(language, bundle(name, Locale.of(language))));
    }

    private static ResourceBundle bundle(String name, Locale locale) {
        // Not the language of the machine: that of the reader is chosen later.
        ResourceBundle.Control control =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return ResourceBundle.getBundle(name, locale, FindingWords.class.getClassLoader(), control);
    }

    /** The keys that have words in a language. */
    public Set<String> keys(String language) {
        Set<String> keys = new TreeSet<>();
        ResourceBundle bundle = bundles.get(language);
        if (bundle != null) {
            bundle.keySet().forEach(key -> keys.add(key.substring(0, key.lastIndexOf('.'))));
        }
        return keys;
    }

    /**
     * A finding in words.
     *
     * @param key of its words; mostly its code
     * @throws IllegalStateException where a language has no words under that key
     */
    public Finding finding(String key, String code, Severity severity, Map<String, String> evidence) {
        Finding.Wording english = words(ENGLISH, key, evidence);
        Map<String, Finding.Wording> translations = new HashMap<>();
        OTHERS.forEach(language -> translations.put(language, words(language, key, evidence)));
        return new Finding(code, severity, english.explanation(), evidence, english.limits(), translations);
    }

    private Finding.Wording words(String language, String key, Map<String, String> evidence) {
        return new Finding.Wording(
                sentence(language, key + ".explanation", evidence), sentence(language, key + ".limits", evidence));
    }

    private String sentence(String language, String key, Map<String, String> evidence) {
        try {
            ResourceBundle bundle = bundles.get(language);
            if (bundle == null) {
                throw new IllegalStateException("there is no bundle for " + language);
            }
            String sentence = bundle.getString(key);
            for (Map.Entry<String, String> piece : evidence.entrySet()) {
                sentence = sentence.replace("{" + piece.getKey() + "}", piece.getValue());
            }
            return sentence;
        } catch (MissingResourceException e) {
            throw new IllegalStateException("no words under " + key + " in " + language, e);
        }
    }
}
