package org.postern.spam.phishing.content;

import java.util.List;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.MailFile;

/** A locked file comes with its key in the text. */
public final class ArchivePassword implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean locked = facts.mail().files().stream().anyMatch(ArchivePassword::isLockable);
        return Detection.when(locked && facts.saysAny("archive-password"), "archive-password", Severity.MEDIUM);
    }

    private static boolean isLockable(MailFile file) {
        return LOCKABLE.stream().anyMatch(file::endsWith);
    }

    private static final List<String> LOCKABLE = List.of(
            ".zip", ".rar", ".7z", ".ace", ".arj", ".iso", ".img", ".doc", ".docx", ".xls", ".xlsx", ".pdf", ".one");
}
