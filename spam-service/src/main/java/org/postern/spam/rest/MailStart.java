package org.postern.spam.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.postern.edge.problem.ProblemException;
import org.postern.edge.upload.Upload;

/** Whether a body begins like a mail. */
final class MailStart {
    private static final int PEEKED_BYTES = 256;

    /** The first header field: names are short, and old mails have white space before the colon (RFC 5322, 4.5). */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,200}[ \\t]*:.*", Pattern.DOTALL);

    private MailStart() {}

    /** @throws ProblemException where it does not */
    static void require(Upload upload) throws IOException {
        if (!FIELD.matcher(new String(upload.peek(PEEKED_BYTES), StandardCharsets.ISO_8859_1))
                .matches()) {
            throw new ProblemException(
                    400, "not-a-mail", "The body must be a mail (RFC 5322): header lines, a blank line, the text.");
        }
    }
}
