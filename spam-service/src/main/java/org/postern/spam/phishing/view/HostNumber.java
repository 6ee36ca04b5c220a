package org.postern.spam.phishing.view;

import java.util.Optional;

/** Hosts written as numbers, which browsers take for IPv4 addresses: {@code 3221225985}, {@code 0xC0.0.2.1}. */
final class HostNumber {
    private static final long ALL = 0xFFFF_FFFFL;

    private HostNumber() {}

    /** The address with its four numbers; empty where the host is a name. */
    static Optional<String> dotted(String host) {
        if (host.isEmpty() || !isDigit(host.charAt(0))) {
            // Most hosts are names, and failing to read one as a number costs more than all the rest.
            return Optional.empty();
        }
        String[] parts = host.split("\\.", 6);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long number = number(parts[i]);
            boolean last = i == parts.length - 1;
            long most = last ? ALL >> (8 * i) : 255;
            if (number < 0 || number > most) {
                return Optional.empty();
            }
            address |= last ? number : number << (24 - 8 * i);
        }
        return Optional.of(
                (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255));
    }

    private static long number(String text) {
        if (text.isEmpty() || text.length() > 12 || !isDigit(text.charAt(0))) {
            return -1;
        }
        try {
            if (text.startsWith("0x")) {
                return text.length() == 2 ? 0 : Long.parseLong(text.substring(2), 16);
            }
            boolean octal = text.length() > 1 && text.startsWith("0");
            return Long.parseLong(text, octal ? 8 : 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
