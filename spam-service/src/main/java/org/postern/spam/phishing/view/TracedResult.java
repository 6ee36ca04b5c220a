package org.postern.spam.phishing.view;

/**
 * An {@code Authentication-Results} field of a mail (RFC 8601), as it stands there. Anybody can write one.
 *
 * @param value the field
 * @param hops how many {@code Received} fields stand above it: it was written before as many servers took the mail
 */
public record TracedResult(String value, int hops) {}
