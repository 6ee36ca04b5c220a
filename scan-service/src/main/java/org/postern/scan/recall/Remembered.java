package org.postern.scan.recall;

import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Signatures;

/**
 * What was last told about a message.
 *
 * @param signatures with which it was said, or with which it was looked at once more since and came out the same
 */
public record Remembered(ScanVerdict verdict, Signatures signatures) {}
