package org.postern.spam.phishing.view;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.mime.HeaderText;
import org.postern.mime.MailObserver;
import org.postern.mime.Mailbox;
import org.postern.mime.TextDecoder;
import org.postern.spam.phishing.images.PdfFiles;
import org.postern.spam.phishing.images.QrCodes;

/** Looks, while a mail is read, into its header and into those of its files that a reader would look at. */
final class MailFiles implements MailObserver {
    private static final int MOST_FIELDS = 500;
    private static final int MOST_OF_A_NAME = 8;
    /** What tells a reader who writes: nothing in front of it keeps it from being looked at. */
    private static final Set<String> ALWAYS = Set.of("from", "sender", "reply-to", "to", "subject");

    private static final int MOST_OF_JUDGED = 5;

    /** Kept however many others stand before them: what the mail says of itself is judged by these. */
    private static final Set<String> JUDGED = Set.of(
            "from", "sender", "reply-to", "subject", "to", "cc", "return-path", "message-id", "authentication-results");

    private static final int MOST_FILES = 200;
    private static final int MOST_PAGES = 4;
    private static final int LARGEST = 2 * 1024 * 1024;

    private final QrCodes codes;
    private final PdfFiles pdfs;
    private final Map<String, List<String>> header = new LinkedHashMap<>();
    private final List<MailFile> files = new ArrayList<>();
    private final List<HtmlPage> pages = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<String> unchecked = new LinkedHashSet<>();
    private final List<TracedResult> results = new ArrayList<>();
    private int fields;
    private int hops;

    MailFiles(QrCodes codes) {
        this.codes = codes;
        this.pdfs = new PdfFiles(codes);
    }

    @Override
    public void field(String name, String value) {
        boolean room = fields++ < MOST_FIELDS;
        if (!room) {
            unchecked.add("header");
        }
        List<String> before = header.getOrDefault(name, List.of());
        if (room || (JUDGED.contains(name) && before.size() < MOST_OF_JUDGED)) {
            if (name.equals("received")) {
                hops++;
            } else if (name.equals("authentication-results")) {
                results.add(new TracedResult(value, hops));
            }
            header.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
        } else {
            unchecked.add("header");
        }
    }

    @Override
    public void file(String part, @Nullable String name, String mediaType, InputStream decoded) throws IOException {
        if (files.size() >= MOST_FILES) {
            unchecked.add("files");
            return;
        }
        MailFile file = new MailFile(name, mediaType);
        files.add(file);
        if (isPage(file)) {
            readPage(decoded);
        } else if (mediaType.startsWith("image/")) {
            look(read(decoded, "qr-codes"));
        } else if (mediaType.equals("application/pdf") || file.endsWith(".pdf")) {
            readPdf(read(decoded, "pdf"));
        }
    }

    /** An image written into a page. */
    void embedded(String data) {
        int comma = data.indexOf(',');
        if (comma < 0 || !data.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            return;
        }
        if (data.length() > LARGEST) {
            unchecked.add("qr-codes");
            return;
        }
        try {
            look(Base64.getMimeDecoder().decode(data.substring(comma + 1)));
        } catch (IllegalArgumentException e) {
            unchecked.add("qr-codes");
        }
    }

    private static boolean isPage(MailFile file) {
        return file.mediaType().equals("text/html")
                || file.mediaType().equals("application/xhtml+xml")
                || file.mediaType().equals("image/svg+xml")
                || file.endsWith(".htm")
                || file.endsWith(".html")
                || file.endsWith(".shtml")
                || file.endsWith(".xhtml")
                || file.endsWith(".svg");
    }

    private void readPage(InputStream decoded) throws IOException {
        if (pages.size() >= MOST_PAGES) {
            unchecked.add("attached-pages");
            return;
        }
        byte[] bytes = read(decoded, "attached-pages");
        HtmlPage page = HtmlReader.read(TextDecoder.decode(bytes, null, true), Link.Source.ATTACHED_PAGE);
        if (!page.whole()) {
            unchecked.add("attached-pages");
        }
        pages.add(page);
    }

    private void readPdf(byte[] bytes) {
        PdfFiles.Content content = pdfs.read(bytes);
        if (!content.whole()) {
            unchecked.add("pdf");
        }
        content.links().forEach(text -> add(text, Link.Source.PDF));
        content.codes().forEach(text -> add(text, Link.Source.QR_CODE));
    }

    private void look(byte[] image) {
        QrCodes.Content content = codes.in(image);
        if (!content.whole()) {
            unchecked.add("qr-codes");
        }
        content.texts().forEach(text -> add(text, Link.Source.QR_CODE));
    }

    private void add(String text, Link.Source source) {
        String address = text.regionMatches(true, 0, "www.", 0, 4) ? "http://" + text : text;
        WebAddress.of(address).ifPresent(target -> links.add(new Link("", target, source)));
    }

    private byte[] read(InputStream decoded, String what) throws IOException {
        byte[] bytes = decoded.readNBytes(LARGEST);
        if (bytes.length == LARGEST && decoded.read() >= 0) {
            unchecked.add(what);
        }
        return bytes;
    }

    String first(String name) {
        List<String> values = header.get(name);
        return values == null ? "" : values.getFirst();
    }

    List<Mailbox> mailboxes(String name, int most) {
        return header.getOrDefault(name, List.of()).stream()
                .limit(most)
                .flatMap(value -> HeaderText.mailboxes(value, most).stream())
                .limit(most)
                .toList();
    }

    Map<String, List<String>> header() {
        return header;
    }

    List<MailFile> files() {
        return files;
    }

    List<HtmlPage> pages() {
        return pages;
    }

    List<Link> links() {
        return links;
    }

    List<TracedResult> results() {
        return results;
    }

    Set<String> unchecked() {
        return unchecked;
    }
}
