package org.postern.message.digest;

import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.quarantine.Entry;

/** What readers may have released by themselves. The rest is listed without a link. */
public enum Releasable {
    /** Nothing. */
    NONE {
        @Override
        boolean allows(Entry entry) {
            return false;
        }
    },
    /** What is neither phishing nor dangerous. */
    HARMLESS {
        @Override
        boolean allows(Entry entry) {
            return entry.mailClass() != MailClass.PHISHING
                    && (entry.verdict() == ScanVerdict.CLEAN || entry.verdict() == ScanVerdict.UNSCANNABLE);
        }
    },
    /** All but what is infected or was never scanned. */
    ALL {
        @Override
        boolean allows(Entry entry) {
            return entry.verdict() != ScanVerdict.INFECTED && entry.verdict() != ScanVerdict.INCONCLUSIVE;
        }
    };

    abstract boolean allows(Entry entry);
}
