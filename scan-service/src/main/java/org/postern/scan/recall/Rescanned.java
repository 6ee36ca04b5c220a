package org.postern.scan.recall;

import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;

/** What came of scanning one message again. */
public sealed interface Rescanned {
    /**
     * Another verdict than before: this fact is to be told.
     *
     * @param worse whether it is the worse one
     */
    record Told(MailScanned fact, boolean worse) implements Rescanned {}

    /** The same verdict as before. */
    record Unchanged(ScanVerdict verdict) implements Rescanned {}

    /** Known already, without asking the engine. */
    record Known() implements Rescanned {}

    /** The body was erased. */
    record Gone() implements Rescanned {}

    /** The engine has no answer about it, however often it is asked, or we fail on it ourselves. */
    record Failed() implements Rescanned {}

    /** The engine or the store is away, or the engine has other signatures by now: to be asked later. */
    record NotNow() implements Rescanned {}
}
