package org.postern.spam.phishing.view;

/**
 * Something a reader can be led away by.
 *
 * @param shown what the reader sees of it; empty where that is an image or nothing
 * @param target where it leads; where that is a redirector whose target can be read, the redirector
 * @param source where it was found
 */
public record Link(String shown, WebAddress target, Source source) {
    /** Where a link was found. */
    public enum Source {
        /** An anchor or a map of the shown HTML. */
        HTML,
        /** The plain text. */
        TEXT,
        /** A QR code in an image, a PDF or drawn in text. */
        QR_CODE,
        /** A page that is attached. */
        ATTACHED_PAGE,
        /** A link inside an attached PDF. */
        PDF
    }

    @Override
    public String toString() {
        return "Link[" + source + "]";
    }
}
