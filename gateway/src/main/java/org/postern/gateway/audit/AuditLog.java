package org.postern.gateway.audit;

import org.postern.events.mail.MailAudit;

/** Where audit events go. */
@FunctionalInterface
public interface AuditLog {
    /** Takes one and returns at once. What cannot be told is counted, and holds nobody up. */
    void append(MailAudit event);
}
