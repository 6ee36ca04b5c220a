package org.postern.scan.inspection;

import org.jspecify.annotations.Nullable;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;

/** A finding and what it makes of the whole. */
record Seen(
        ScanFinding finding, ScanVerdict verdict, @Nullable UnscannableReason unscannable) {}
