package org.postern.spam.phishing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.postern.events.mail.Finding;
import org.postern.spam.phishing.check.Detection;

/**
 * Puts detections into words, English and French, from the bundles {@code phishing/findings*.properties}. A sentence names a
 * piece of evidence as {@code {name}}; nothing else of the mail gets into it.
 */
public final class Wording {
    private static final String BUNDLE = "phishing.findings";
    private static final String ENGLISH = "en";
    /** The languages there are beside English. */
    private static final List<String> OTHERS = List.of("fr");

    private final Map<String, ResourceBundle> bundles = new HashMap<>();

    /** Loads the bundles. */
    public Wording() {
        bundles.put(ENGLISH, bundle(Locale.ROOT));
        OTHERS.forEach(language -> bundles.put(language, bundle(Locale.of(language))));
    }

    private static ResourceBundle bundle(Locale locale) {
        // Not the language of the machine: that of the reader is chosen later.
        ResourceBundle.Control control =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return ResourceBundle.getBundle(BUNDLE, locale, Wording.class.getClassLoader(), control);
    }

    /** The codes that have words in a language. */
    public Set<String> codes(String language) {
        Set<String> codes = new TreeSet<>();
        ResourceBundle bundle = bundles.get(language);
        if (bundle != null) {
            bundle.keySet().forEach(key -> codes.add(key.substring(0, key.lastIndexOf('.'))));
        }
        return codes;
    }

    /** The finding of a detection. */
    public Finding finding(Detection detection) {
        Finding.Wording english = words(ENGLISH, detection);
        Map<String, Finding.Wording> translations = new HashMap<>();
        OTHERS.forEach(language -> translations.put(language, words(language, detection)));
        return new Finding(
                detection.code(),
                detection.severity(),
                english.explanation(),
                detection.evidence(),
                english.limits(),
                translations);
    }

    private Finding.Wording words(String language, Detection detection) {
        return new Finding.Wording(
                sentence(language, detection, "explanation"), sentence(language, detection, "limits"));
    }

    private String sentence(String language, Detection detection, String which) {
        try {
            ResourceBundle bundle = bundles.get(language);
            if (bundle == null) {
                throw new IllegalStateException("there is no bundle for " + language);
            }
            String sentence = bundle.getString(detection.code() + "." + which);
            for (Map.Entry<String, String> piece : detection.evidence().entrySet()) {
                sentence = sentence.replace("{" + piece.getKey() + "}", piece.getValue());
            }
            return sentence;
        } catch (MissingResourceException e) {
            throw new IllegalStateException("no words for the finding " + detection.code() + " in " + language, e);
        }
    }
}
