package org.postern.spam.phishing.sender;

import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.mime.Mailbox;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.Words;

/** An office or a service writes from a mailbox that anybody can open. */
public final class FreemailRole implements Check {
    private static final int MOST_WORDS = 10;
    private static final Set<String> OFFICES = Set.of(
            "support",
            "security",
            "billing",
            "service",
            "services",
            "helpdesk",
            "admin",
            "administrator",
            "account",
            "accounts",
            "bank",
            "payroll",
            "department",
            "delivery",
            "notification",
            "notifications",
            "customer",
            "team",
            "hr",
            "finance",
            "invoice",
            "webmail",
            "verification",
            "refund",
            "office",
            "official",
            "ceo",
            "director",
            "president",
            "minister",
            "barrister",
            "attorney",
            "lottery",
            "foundation",
            "kundenservice",
            "sicherheit",
            "securite",
            "banque",
            "soporte",
            "seguridad",
            "banco",
            "supporto",
            "sicurezza",
            "suporte",
            "atendimento",
            "postmaster",
            "mailer",
            "alert",
            "alerts");

    @Override
    public Stream<Detection> look(Facts facts) {
        Mailbox sender = facts.mail().sender();
        boolean office = isOffice(facts.name())
                || (sender != null && isOffice(Words.of(sender.local(), MOST_WORDS)))
                || !facts.claimed().isEmpty();
        return Detection.when(
                facts.isFreemail() && office && facts.claimed().stream().noneMatch(facts::isFrom),
                "freemail-office",
                Severity.MEDIUM);
    }

    private static boolean isOffice(Words words) {
        return words.list().stream().anyMatch(OFFICES::contains);
    }
}
