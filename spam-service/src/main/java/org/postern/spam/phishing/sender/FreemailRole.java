package org.postern.spam.phishing.sender;

import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** An office or a service writes from a mailbox that anybody can open. */
public final class FreemailRole implements Check {
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
        boolean office = facts.name().list().stream().anyMatch(OFFICES::contains)
                || !facts.claimed().isEmpty();
        return Detection.when(
                facts.isFreemail() && office && facts.claimed().stream().noneMatch(facts::isFrom),
                "freemail-office",
                Severity.MEDIUM);
    }
}
