package org.postern.message.intake;

import java.util.ArrayList;
import java.util.List;

/** Splits a comma list of mailboxes. A comma inside a quoted local part belongs to the mailbox (RFC 5321, 4.1.2). */
final class AddressList {
    private AddressList() {}

    /** The elements, stripped, without angle brackets; empty ones are passed over (RFC 9110, 5.6.1.2). */
    static List<String> split(String list) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (quoted && c == '\\' && i + 1 < list.length()) {
                element.append(c).append(list.charAt(++i));
            } else if (c == ',' && !quoted) {
                take(element, elements);
            } else {
                quoted ^= c == '"';
                element.append(c);
            }
        }
        take(element, elements);
        return elements;
    }

    private static void take(StringBuilder element, List<String> elements) {
        String text = element.toString().strip();
        element.setLength(0);
        if (!text.isEmpty()) {
            elements.add(withoutBrackets(text));
        }
    }

    private static String withoutBrackets(String text) {
        return text.length() > 2 && text.startsWith("<") && text.endsWith(">")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
