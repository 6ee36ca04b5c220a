package org.postern.spam.phishing.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postern.mime.Mailbox;

/** What a header must not be (RFC 5322 section 3.6), where programs disagree about what they show. */
final class HeaderDefects {
    private static final int LONGEST_FIELD = 100_000;

    private HeaderDefects() {}

    static List<String> of(Map<String, List<String>> header, List<Mailbox> from) {
        List<String> defects = new ArrayList<>();
        int fields = header.getOrDefault("from", List.of()).size();
        if (fields == 0 || from.isEmpty()) {
            defects.add("from-missing");
        }
        if (fields > 1) {
            defects.add("from-repeated");
        }
        if (header.getOrDefault("subject", List.of()).size() > 1) {
            defects.add("subject-repeated");
        }
        if (header.values().stream().flatMap(List::stream).anyMatch(value -> value.length() > LONGEST_FIELD)) {
            defects.add("field-too-long");
        }
        return defects;
    }
}
