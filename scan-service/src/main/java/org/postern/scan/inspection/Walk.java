package org.postern.scan.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.engine.Deadline;
import org.postern.events.ContentHash;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.mime.TextDecoder;

/** One look into one body. Not for more than one thread, nor for more than one body. */
final class Walk {
    private static final int LONGEST_PATH = 400;
    private static final String UNNAMED = "1";

    private final Tools tools;
    private final List<String> passwords;
    private final PartScan engine;
    private final Budget budget;
    private final PartNotes notes;
    private final PasswordHints hints = new PasswordHints();
    private @Nullable Gate gate;
    private final Set<String> opened = new HashSet<>();
    private int encrypted;

    /** @param passwords tried on what is encrypted */
    Walk(Tools tools, List<String> passwords, PartScan engine, Deadline deadline) {
        this.tools = tools;
        this.passwords = List.copyOf(passwords);
        this.engine = engine;
        this.budget = new Budget(tools.limits(), deadline.orIn(tools.limits().time()));
        this.notes = new PartNotes(tools.policy(), tools.limits().entriesListed());
    }

    /** Opens only those parts that somebody else lets pass. */
    void onlyWhere(Gate opens) {
        this.gate = opens;
    }

    /**
     * Looks into a body.
     *
     * @throws IOException where the body itself cannot be read
     */
    Inspection through(InputStream body, Label label) throws IOException {
        SourceStream source = new SourceStream(body);
        try {
            if (label.isMail()) {
                tools.mails().open(source, new Inside("", null, 0, false));
            } else {
                String name =
                        label.names().isEmpty() ? UNNAMED : shown(label.names().getFirst());
                look(name, label, source, Opened.UNKNOWN, 0, false);
            }
        } catch (LimitReachedException e) {
            notes.found(e.code(), null, e.evidence());
        } catch (SpoolException | PartScan.NoAnswerException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            source.rethrowOwn();
            notes.found("malformed", null, "the whole");
        }
        List<String> named = encrypted > 0 ? hints.candidates() : List.of();
        return new Inspection(notes.seen(), notes.parts(), opened, encrypted, named);
    }

    /** Passes by what a format consists of, so that it counts. */
    private void pass(InputStream bytes, long packed) throws IOException {
        budget.entry();
        new MeasuredStream(bytes, packed, budget).transferTo(OutputStream.nullOutputStream());
    }

    private void look(String path, Label label, InputStream bytes, long packed, int depth, boolean decrypted)
            throws IOException {
        budget.entry();
        notes.names(path, label);
        MeasuredStream measured = new MeasuredStream(bytes, packed, budget);
        byte[] head = measured.readNBytes(TypeDetector.WANTED);
        String type = tools.detector().detect(head);
        if (label.shown()) {
            String text = TextDecoder.decode(head, label.charset(), "text/html".equals(label.mediaType()));
            hints.take(text, "text/html".equals(label.mediaType()));
        }
        Optional<FormatReader> reader = readerOf(type, label);
        if (reader.isEmpty() && !decrypted && gate == null) {
            measured.transferTo(OutputStream.nullOutputStream());
            noteWhole(path, label, type, measured, measured.sha256());
            noteZip(path, type, !ZipStart.isIn(head) && measured.zip().isNear());
            return;
        }
        try (Content content = lay(head, measured, type, label)) {
            noteWhole(path, label, type, measured, content.sha256());
            boolean known = reader.isPresent() && !type.equals("application/pdf");
            ZipEnd zip = measured.zip();
            // What is laid out for a reader may hold whole ZIPs, of which the last ends near its own end.
            noteZip(path, type, !ZipStart.isIn(head) && (known ? zip.isExact() : zip.isNear()));
            if (decrypted) {
                scan(content, path);
            }
            boolean passes = gate == null || gate.opens(content, path);
            if (reader.isPresent() && passes) {
                read(reader.get(), content, path, depth, decrypted);
            }
        }
    }

    private Optional<FormatReader> readerOf(String type, Label label) {
        // What readers show as the mail is rendered harmless elsewhere; only what is opened runs.
        if (label.shown() && type.startsWith("text/")) {
            return Optional.empty();
        }
        return tools.readers().stream().filter(one -> one.reads(type, label)).findFirst();
    }

    private Content lay(byte[] head, MeasuredStream rest, String type, Label label) throws IOException {
        return new Content(tools.spool().lay(head, rest), type, label, rest.count(), rest.sha256());
    }

    private void noteWhole(String path, Label label, String type, MeasuredStream bytes, ContentHash sha256) {
        notes.part(path, label, type, bytes.count(), sha256);
        notes.type(path, label, type);
        if (bytes.behindPicture() != null && !bytes.zip().isNear()) {
            notes.found("polyglot", path, bytes.behindPicture() + " behind a picture");
        }
    }

    private void noteZip(String path, String type, boolean behind) {
        if (behind) {
            notes.found("polyglot", path, "a ZIP behind " + type);
        }
    }

    private void scan(Content content, String path) throws IOException {
        if (content.size() == 0) {
            return;
        }
        ScanResult result = engine.scan(content);
        if (result.verdict() == ScanVerdict.INCONCLUSIVE) {
            throw new PartScan.NoAnswerException(result);
        }
        notes.scanned(result, path);
    }

    private void read(FormatReader reader, Content content, String path, int depth, boolean decrypted)
            throws IOException {
        if (depth >= tools.limits().depth()) {
            notes.found("too-deep", path, "more than " + tools.limits().depth() + " inside one another");
            return;
        }
        Inside inside = new Inside(path, content.name(), depth + 1, decrypted);
        try {
            reader.read(content, inside);
        } catch (LimitReachedException | SpoolException | PartScan.NoAnswerException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            notes.found("malformed", path, content.mediaType());
        }
    }

    /** A path of names that can be shown. */
    private static String shown(String path) {
        String shown = Arrays.stream(path.split("[/\\\\]"))
                .map(segment -> new FileName(segment).shown())
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.joining("/"));
        return shown.isEmpty() ? UNNAMED : shown;
    }

    private static String cut(String path) {
        if (path.length() <= LONGEST_PATH) {
            return path;
        }
        int half = LONGEST_PATH / 2;
        return (path.substring(0, half) + "\u2026" + path.substring(path.length() - half))
                .replaceAll("[\\ud800-\\udfff]", "");
    }

    /** Says which parts are worth opening. */
    @FunctionalInterface
    interface Gate {
        boolean opens(Content content, String path) throws IOException;
    }

    /** What a reader tells about one content. */
    private final class Inside implements Opened {
        private final String path;
        private final @Nullable String name;
        private final int depth;
        private boolean decrypted;
        private int count;

        Inside(String path, @Nullable String name, int depth, boolean decrypted) {
            this.path = path;
            this.name = name;
            this.depth = depth;
            this.decrypted = decrypted;
        }

        @Override
        public void part(String place, Label label, InputStream bytes) throws IOException {
            count++;
            look(inside(place), label, bytes, UNKNOWN, depth, decrypted);
        }

        @Override
        public void entry(Label label, InputStream bytes, long packed) throws IOException {
            count++;
            look(inside(step(label)), label, bytes, packed, depth, decrypted);
        }

        @Override
        public void step() throws IOException {
            budget.entry();
        }

        @Override
        public void tick() throws IOException {
            budget.time();
        }

        @Override
        public void filling(Label label, InputStream bytes, long packed) throws IOException {
            if (decrypted) {
                entry(label, bytes, packed);
            } else {
                pass(bytes, packed);
            }
        }

        @Override
        public void unreadableEntry(String entry) throws IOException {
            count++;
            budget.entry();
            Label label = Label.named(entry);
            String place = inside(step(label));
            notes.names(place, label);
            notes.part(place, label, null, 0, null);
        }

        private String step(Label label) {
            return label.names().isEmpty()
                    ? Integer.toString(count)
                    : shown(label.names().getFirst());
        }

        private String inside(String step) {
            if (path.isEmpty()) {
                return step;
            }
            // A file that was handed in alone is called by its name already.
            String own = name == null || path.equals(shown(name)) || path.endsWith("/" + shown(name))
                    ? ""
                    : "/" + shown(name);
            return cut(path + own + "/" + step);
        }

        @Override
        public void words(String text) {
            hints.take(text, false);
        }

        @Override
        public void found(String code, @Nullable String evidence) {
            notes.found(code, path.isEmpty() ? null : path, evidence);
        }

        @Override
        public List<String> passwords() {
            return passwords;
        }

        @Override
        public void openedWithPassword() {
            decrypted = true;
            opened.add(path);
            found("opened-with-password", null);
        }

        @Override
        public void staysEncrypted(String evidence) {
            encrypted++;
            found("encrypted", evidence);
        }

        @Override
        public InspectionLimits limits() {
            return tools.limits();
        }
    }
}
