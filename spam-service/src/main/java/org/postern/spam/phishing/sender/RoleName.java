package org.postern.spam.phishing.sender;

import java.util.List;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.phrases.Phrase;
import org.postern.spam.phishing.phrases.PhraseIndex;

/** The sender is named after the readers' own computer department or mail server, and is none of theirs. */
public final class RoleName implements Check {
    private static final PhraseIndex<Boolean> ROLES = roles();

    private static PhraseIndex<Boolean> roles() {
        PhraseIndex.Builder<Boolean> index = PhraseIndex.builder();
        List.of(
                        "(it|ict|i) (support|helpdesk|help|desk|department|service|admin|team|t)",
                        "(mail|mailbox|email|webmail|server|system|network|domain|e)"
                                + " (admin|administrator|administration|support|server|team|service|delivery|security|notification|notifications|storage|center|quota|update|upgrade|alert|manager|subsystem|mail)",
                        "(helpdesk|webmail|mailbox|mailserver|webmaster|administrator|cpanel|roundcube|zimbra|quarantine|messaging)",
                        "(hr|human|payroll|personnel) (department|team|resources|manager|desk|dept|office|admin)",
                        "(service|support) (desk|informatique|technique|it|mail)",
                        "(account|password|security|storage|cloud)"
                                + " (team|admin|administrator|center|notification|notice|manager|department|alert|alerts|service)",
                        "(voicemail|voice|fax|scanner|copier) *".replace(" *", ""),
                        "(it|edv) (abteilung|hotline)")
                .forEach(text -> index.add(Phrase.parse(text), true));
        return index.build();
    }

    @Override
    public Stream<Detection> look(Facts facts) {
        boolean elsewhere = !facts.senderHost().isEmpty() && !facts.isOwn(facts.senderHost()) && facts.isOfNoBrand();
        return Detection.when(elsewhere && !ROLES.in(facts.name()).isEmpty(), "role-name", Severity.LOW);
    }
}
