package org.postern.mime;

/**
 * A text of a mail, decoded.
 *
 * @param part its place in the mail, as in IMAP (RFC 3501 section 6.4.5): {@code 1.2}
 * @param html whether it is HTML, or else plain text
 * @param text the text
 * @param flowed {@code format=flowed} (RFC 3676)
 * @param deleteSpace {@code delsp=yes} (RFC 3676)
 */
public record TextPart(String part, boolean html, String text, boolean flowed, boolean deleteSpace) {
    @Override
    public String toString() {
        // The text of a mail has no place in a log.
        return "TextPart[" + part + ", " + (html ? "html" : "plain") + ", " + text.length() + " characters]";
    }
}
