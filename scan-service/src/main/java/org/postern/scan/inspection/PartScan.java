package org.postern.scan.inspection;

import java.io.IOException;
import org.postern.events.mail.ScanResult;

/** Has the engine look at one part by itself. */
@FunctionalInterface
interface PartScan {
    ScanResult scan(Content content) throws IOException;

    /** For bodies of which no part has to be scanned by itself. */
    static PartScan none() {
        return content -> {
            throw new IllegalStateException("no part is scanned here");
        };
    }

    /** The engine has no answer about a part: there is none about the whole either. */
    final class NoAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient ScanResult answer;

        NoAnswerException(ScanResult answer) {
            super("the engine has no answer about a part");
            this.answer = answer;
        }

        ScanResult answer() {
            return answer;
        }
    }
}
