package org.postern.spam.phishing.content;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** Words mix alphabets, or are cut by characters that nobody sees, so that filters read other words than people. */
public final class DisguisedWords implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return Stream.concat(
                Detection.when(facts.mail().words().disguised() >= FEWEST_DISGUISED, "disguised-words", Severity.HIGH),
                Detection.when(cuts(facts.mail().text()) >= FEWEST_CUTS, "split-words", Severity.MEDIUM));
    }

    /** Places inside of Latin words where something without a width stands. Soft hyphens are honest, and not counted. */
    private static int cuts(String text) {
        int cuts = 0;
        for (char nothing : WIDTHLESS) {
            // Searched one by one, most texts are passed over without a look at each character.
            for (int at = text.indexOf(nothing); at >= 0; at = text.indexOf(nothing, at + 1)) {
                boolean inside = at > 0 && at < text.length() - 1;
                cuts += inside && isLatin(text.charAt(at - 1)) && isLatin(text.charAt(at + 1)) ? 1 : 0;
            }
        }
        return cuts;
    }

    private static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static final char[] WIDTHLESS = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF};
    private static final int FEWEST_DISGUISED = 2;
    private static final int FEWEST_CUTS = 3;
}
