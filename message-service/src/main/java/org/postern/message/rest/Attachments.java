package org.postern.message.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.postern.edge.problem.ProblemException;
import org.postern.events.mail.ScanVerdict;
import org.postern.mime.Limits;
import org.postern.mime.MailPart;
import org.postern.mime.MailWalk;
import org.postern.mime.UnreadableMailException;

/** Parts of a mail, found and decoded as streams. What a mail says about them is not believed. */
final class Attachments {
    private static final Pattern PLACE = Pattern.compile("[1-9][0-9]{0,3}(?:\\.[1-9][0-9]{0,3}){0,40}");
    private static final String BYTES = "application/octet-stream";

    // What a browser shows and does not run; all else is bytes.
    private static final Set<String> HARMLESS =
            Set.of("application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp", "text/plain");

    private Attachments() {}

    /** @throws ProblemException where it is the number of no part */
    static String place(String text) {
        if (!PLACE.matcher(text).matches()) {
            throw new ProblemException(400, "part-malformed", "A part is named as in IMAP, by numbers like 2.1.")
                    .withField("part");
        }
        return text;
    }

    /** @throws ProblemException where a body with that verdict is not to be taken apart for anybody */
    static void checkScan(ScanVerdict verdict) {
        switch (verdict) {
            case CLEAN, SUSPICIOUS, UNSCANNABLE -> {}
            case INFECTED ->
                throw new ProblemException(
                                403, "attachment-infected", "Parts of an infected message are not given away.")
                        .withNext("Whoever has to look into it reads the message as a whole, at /raw.");
            case INCONCLUSIVE ->
                throw new ProblemException(409, "attachment-not-scanned", "The message is not scanned yet.")
                        .withNext("Ask again when its verdict is there.");
        }
    }

    /** @throws ProblemException where there is no such part, or the mail cannot be taken apart */
    static MailPart find(InputStream mail, String place) throws IOException {
        AtomicReference<MailPart> found = new AtomicReference<>();
        try {
            walk(mail, place, (part, decoded) -> found.set(part));
        } catch (UnreadableMailException e) {
            throw new ProblemException(
                    409,
                    "parts-unreadable",
                    "The message cannot be taken apart: " + e.defect().code() + ".");
        }
        MailPart part = found.get();
        if (part == null) {
            throw new ProblemException(404, "part-unknown", "The message has no such part, or that has parts itself.")
                    .withField("part");
        }
        return part;
    }

    /** Writes the part's octets, decoded. */
    static void copy(InputStream mail, String place, OutputStream out) throws IOException {
        walk(mail, place, (part, decoded) -> decoded.transferTo(out));
    }

    private static void walk(InputStream mail, String place, Seen seen) throws IOException {
        try {
            MailWalk.through(mail, Limits.defaults(), (part, decoded) -> {
                if (part.place().equals(place)) {
                    seen.part(part, decoded);
                    // What comes behind it need not be read.
                    throw new EnoughException();
                }
            });
        } catch (EnoughException e) {
            // It was there.
        }
    }

    /** The media type to give it out under. */
    static String type(MailPart part) {
        return HARMLESS.contains(part.mediaType()) ? part.mediaType() : BYTES;
    }

    /** The name to save it under. */
    static String name(MailPart part) {
        String shown = part.shownName();
        String safe = shown == null ? "" : SavedAs.fileName(shown);
        return safe.isEmpty() ? "part-" + part.place() + ending(part.mediaType()) : safe;
    }

    private static String ending(String mediaType) {
        return switch (mediaType) {
            case "message/rfc822" -> ".eml";
            case "text/plain" -> ".txt";
            default -> ".bin";
        };
    }

    private interface Seen {
        void part(MailPart part, InputStream decoded) throws IOException;
    }

    private static final class EnoughException extends IOException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
