package org.postern.scan.rest;

import java.util.Objects;
import java.util.stream.Stream;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.UnscannableReason;

/**
 * An answer for scripts: the verdict, its reason in brackets where it has one, and the worst finding. For instance
 * {@code infected virus Eicar-Test-Signature 2.1/archive.zip/a.com}. The first word is the verdict, always.
 */
final class AnswerLine {
    private AnswerLine() {}

    static String of(ScanResult result) {
        StringBuilder line = new StringBuilder(result.verdict().word());
        UnscannableReason unscannable = result.unscannable();
        InconclusiveCause inconclusive = result.inconclusive();
        if (unscannable != null) {
            line.append(" (").append(unscannable.word()).append(')');
        } else if (inconclusive != null) {
            line.append(" (").append(inconclusive.word()).append(')');
        }
        if (!result.findings().isEmpty()) {
            ScanFinding worst = result.findings().getFirst();
            Stream.of(worst.code(), worst.signature(), worst.part())
                    .filter(Objects::nonNull)
                    .forEach(word -> line.append(' ').append(oneLine(word)));
        }
        return line.append('\n').toString();
    }

    private static String oneLine(String word) {
        return word.replaceAll("\\p{Cntrl}", "");
    }
}
