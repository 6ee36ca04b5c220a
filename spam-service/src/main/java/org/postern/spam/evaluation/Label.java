package org.postern.spam.evaluation;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a mail is known to be. */
enum Label {
    LEGITIMATE(Set.of(
            "ham",
            "legit",
            "legitimate",
            "good",
            "nice",
            "nonspam",
            "newsletter",
            "newsletters",
            "transactional",
            "lists",
            "benign",
            "clean")),
    SPAM(Set.of("spam", "junk")),
    PHISHING(Set.of("phishing", "phish", "malicious", "fraud"));

    private final Set<String> words;

    Label(Set<String> words) {
        this.words = words;
    }

    /** The label that a word means. */
    static Optional<Label> of(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        for (Label label : values()) {
            if (label.words.contains(lower) || label.name().equalsIgnoreCase(lower)) {
                return Optional.of(label);
            }
        }
        return Optional.empty();
    }

    /**
     * The label of the nearest folder whose name has a word that means one: {@code easy-ham-1}.
     *
     * @param top the last folder that is asked: where the mails happen to lie says nothing of them
     */
    static Optional<Label> ofFolder(Path file, Path top) {
        Path last = top.toAbsolutePath().normalize();
        Path folder = file.toAbsolutePath().normalize().getParent();
        while (folder != null && folder.startsWith(last)) {
            Path name = folder.getFileName();
            if (name == null) {
                return Optional.empty();
            }
            for (String word : name.toString().split("[-_. ]", 12)) {
                Optional<Label> label = of(word);
                if (label.isPresent()) {
                    return label;
                }
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    /** As printed. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
