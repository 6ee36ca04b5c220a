package org.postern.spam.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mails of folders with what they are known to be: by {@code LABEL=DIR}, a {@code labels.csv}, or a folder's name. */
final class LabelledMails {
    private static final long LARGEST = 50L * 1024 * 1024;

    private LabelledMails() {}

    /** A mail on disk. */
    record LabelledMail(Path file, Label label) {
        /** Its bytes; a page of HTML alone is put into a mail of a sender that nobody knows. */
        byte[] bytes() throws IOException {
            byte[] content = Files.readAllBytes(file);
            return file.toString().endsWith(".html") ? wrapped(content) : content;
        }

        private static byte[] wrapped(byte[] html) {
            String header = "From: Product <hello@company.example>\r\n"
                    + "To: <somebody@reader.example>\r\n"
                    + "Subject: Hello\r\n"
                    + "Date: Mon, 02 Nov 2026 09:00:00 +0000\r\n"
                    + "Message-ID: <1@company.example>\r\n"
                    + "MIME-Version: 1.0\r\n"
                    + "Content-Type: text/html; charset=utf-8\r\n\r\n";
            byte[] start = header.getBytes(StandardCharsets.US_ASCII);
            byte[] mail = new byte[start.length + html.length];
            System.arraycopy(start, 0, mail, 0, start.length);
            System.arraycopy(html, 0, mail, start.length, html.length);
            return mail;
        }
    }

    /**
     * The mails under a folder; files without a label are left out.
     *
     * @param argument {@code DIR} or {@code LABEL=DIR}
     */
    static List<LabelledMail> under(String argument) throws IOException {
        int equals = argument.indexOf('=');
        Optional<Label> forced = equals > 0 ? Label.of(argument.substring(0, equals)) : Optional.empty();
        Path folder = Path.of(forced.isPresent() ? argument.substring(equals + 1) : argument);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder " + folder);
        }
        Map<Path, Label> listed = listed(folder.resolve("labels.csv"));
        List<LabelledMail> mails = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(LabelledMails::isMail).sorted().toList()) {
                label(file, folder, forced, listed).ifPresent(label -> mails.add(new LabelledMail(file, label)));
            }
        }
        return mails;
    }

    private static Optional<Label> label(Path file, Path top, Optional<Label> forced, Map<Path, Label> listed) {
        @Nullable Label known = listed.get(file.toAbsolutePath().normalize());
        return known != null ? Optional.of(known) : forced.or(() -> Label.ofFolder(file, top));
    }

    private static boolean isMail(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) <= LARGEST
                    && !name.startsWith(".")
                    && !List.of("LICENSE", "README.md", "labels.csv", "cmds").contains(name)
                    && (name.endsWith(".html") || looksLikeMail(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** A header field in the first line, or the line that mailboxes on Unix begin with. */
    private static boolean looksLikeMail(Path file) throws IOException {
        byte[] start = new byte[200];
        int read;
        try (var in = Files.newInputStream(file)) {
            read = in.readNBytes(start, 0, start.length);
        }
        String line = new String(start, 0, read, StandardCharsets.ISO_8859_1).split("\r?\n", 2)[0];
        int colon = line.indexOf(':');
        return line.startsWith("From ")
                || (colon > 0
                        && !line.startsWith("://", colon)
                        && line.substring(0, colon).chars().allMatch(c -> c > ' ' && c < 127));
    }

    private static Map<Path, Label> listed(Path csv) throws IOException {
        Map<Path, Label> labels = new HashMap<>();
        if (!Files.exists(csv)) {
            return labels;
        }
        Path folder = csv.toAbsolutePath().normalize().getParent();
        for (String line : Files.readAllLines(csv)) {
            int comma = line.lastIndexOf(',');
            if (comma > 0 && folder != null) {
                String file = line.substring(0, comma).strip();
                Label.of(line.substring(comma + 1))
                        .ifPresent(label -> labels.put(folder.resolve(file).normalize(), label));
            }
        }
        return labels;
    }
}
