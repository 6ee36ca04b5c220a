package org.postern.message.intake;

import org.postern.events.Tenant;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.SmtpSession;

/** What a mail server asks to have judged, without the body. */
public record SmtpMail(Tenant tenant, Envelope envelope, Client client, MailDirection direction, SmtpSession session) {}
