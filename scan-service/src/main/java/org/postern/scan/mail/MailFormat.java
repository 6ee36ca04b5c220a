package org.postern.scan.mail;

import java.io.IOException;
import java.io.InputStream;
import org.postern.mime.Limits;
import org.postern.mime.MailDefect;
import org.postern.mime.MailPart;
import org.postern.mime.MailPartVisitor;
import org.postern.mime.MailWalk;
import org.postern.mime.UnreadableMailException;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.MailOpener;
import org.postern.scan.inspection.Opened;

/**
 * Mails, read as every service of the suite reads them. Where other programs may see more in one, that is told beside what
 * was seen.
 */
public final class MailFormat implements FormatReader, MailOpener {
    private static final String MAIL = "message/rfc822";

    private final Limits limits;

    public MailFormat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.equals(MAIL) || label.isMail() || "message/global".equals(label.mediaType());
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        try (InputStream mail = content.open()) {
            open(mail, opened);
        }
    }

    @Override
    public void open(InputStream mail, Opened opened) throws IOException {
        try {
            MailAmbiguities ambiguities =
                    new MailAmbiguities((code, evidence) -> opened.found(code, evidence.isEmpty() ? null : evidence));
            MailWalk.through(new WatchedMail(mail, ambiguities::line), limits, new Parts(opened));
        } catch (UnreadableMailException e) {
            opened.found(code(e.defect()), e.defect().code());
        }
    }

    private static String code(MailDefect defect) {
        return switch (defect) {
            case TOO_DEEP -> "too-deep";
            case TOO_MANY_PARTS -> "too-many-entries";
            case EMPTY, NOT_A_MAIL, NUL_IN_HEADER, HEADER_TOO_LARGE, TEXT_TOO_LARGE, MALFORMED -> "malformed-mail";
        };
    }

    private record Parts(Opened opened) implements MailPartVisitor {
        @Override
        public void subject(String subject) {
            opened.words(subject);
        }

        @Override
        public void part(MailPart part, InputStream decoded) throws IOException {
            Label label = new Label(part.names(), part.mediaType(), part.charset(), part.isShownText());
            opened.part(part.place(), label, decoded);
        }
    }
}
