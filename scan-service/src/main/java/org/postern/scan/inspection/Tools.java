package org.postern.scan.inspection;

import java.util.List;

/**
 * What a look is done with.
 *
 * @param mails takes mails apart
 * @param readers asked in this order; the first that reads a content gets it
 */
public record Tools(
        TypeDetector detector,
        MailOpener mails,
        List<FormatReader> readers,
        InspectionPolicy policy,
        InspectionLimits limits,
        Spool spool) {
    public Tools {
        readers = List.copyOf(readers);
    }
}
