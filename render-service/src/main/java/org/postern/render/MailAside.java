package org.postern.render;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.mime.MailObserver;
import org.postern.render.remote.ReaderNames;

/** What of a mail matters for rendering it, beside what it shows: who may read it, what it asks for, its calendars. */
final class MailAside implements MailObserver {
    private static final Set<String> READERS = Set.of("to", "cc", "delivered-to", "x-original-to", "envelope-to");
    /** RFC 8098, and what was usual before. No receipt is ever sent here; who reads is told that one was asked for. */
    private static final Set<String> RECEIPTS = Set.of(
            "disposition-notification-to",
            "return-receipt-to",
            "x-confirm-reading-to",
            "x-pmrqc",
            "generate-delivery-report");

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,255}");
    private static final int MOST_READERS = 20;
    private static final int MOST_CALENDARS = 5;
    private static final int LARGEST_CALENDAR = 256 * 1024;

    private final List<String> readers = new ArrayList<>();
    private final List<String> calendars = new ArrayList<>();
    private int receipts;

    @Override
    public void field(String name, String value) {
        if (RECEIPTS.contains(name)) {
            receipts++;
        } else if (READERS.contains(name)) {
            Matcher address = ADDRESS.matcher(value);
            while (readers.size() < MOST_READERS && address.find()) {
                readers.add(address.group());
            }
        }
    }

    @Override
    public void file(String part, @Nullable String name, String mediaType, InputStream decoded) throws IOException {
        if (mediaType.equals("text/calendar") && calendars.size() < MOST_CALENDARS) {
            byte[] bytes = decoded.readNBytes(LARGEST_CALENDAR + 1);
            if (bytes.length <= LARGEST_CALENDAR) {
                calendars.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }
    }

    ReaderNames readers() {
        return new ReaderNames(readers);
    }

    List<String> calendars() {
        return calendars;
    }

    /** How many fields ask for a receipt. */
    int receipts() {
        return receipts;
    }
}
