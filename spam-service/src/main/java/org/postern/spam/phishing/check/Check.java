package org.postern.spam.phishing.check;

import java.util.stream.Stream;

/** Looks for one kind of danger. Safe for use by many threads; its cost is linear in the mail. */
@FunctionalInterface
public interface Check {
    /** What it found; nothing where there is no reason for care. */
    Stream<Detection> look(Facts facts);
}
