package org.postern.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.ByteSequence;
import org.jspecify.annotations.Nullable;

/** Builds the tree of parts while the mail passes by, and holds no more of it than the limits allow. */
final class PartCollector {
    private static final int BUFFER = 16 * 1024;

    private final Limits limits;
    private final MailObserver observer;
    private final Deque<Entity.Multipart> open = new ArrayDeque<>();
    private final List<InlineImage> images = new ArrayList<>();
    private @Nullable Entity root;
    private @Nullable String language;
    private int parts;
    private int headerBytes;
    private int textBytes;
    private int imageBytes;
    private boolean headerOfMailEnded;

    PartCollector(Limits limits, MailObserver observer) {
        this.limits = limits;
        this.observer = observer;
    }

    void startHeader() {
        headerBytes = 0;
    }

    void field(Field field) throws UnreadableMailException {
        ByteSequence raw = field.getRaw();
        headerBytes += MailReader.sizeOf(field);
        if (headerBytes > limits.headerBlock()) {
            throw new UnreadableMailException(
                    MailDefect.HEADER_TOO_LARGE,
                    "the header block of a part has more than " + limits.headerBlock() + " bytes");
        }
        if (!headerOfMailEnded) {
            observer.field(field.getName().toLowerCase(Locale.ROOT), value(field, raw));
        }
    }

    void endHeader() {
        headerOfMailEnded = true;
    }

    /** The value without the folding (RFC 5322 section 2.2.3). */
    private static String value(Field field, @Nullable ByteSequence raw) {
        String body = field.getBody();
        if (raw == null) {
            return body == null ? "" : body.strip();
        }
        String text = HeaderText.ofOctets(raw.toByteArray());
        int colon = text.indexOf(':');
        return text.substring(colon + 1).replace("\r", "").replace("\n", "").strip();
    }

    void startPart() throws UnreadableMailException {
        parts++;
        if (parts > limits.parts()) {
            throw new UnreadableMailException(
                    MailDefect.TOO_MANY_PARTS, "the mail has more than " + limits.parts() + " parts");
        }
    }

    void startMultipart(MaximalBodyDescriptor descriptor) throws UnreadableMailException {
        if (open.size() >= limits.depth()) {
            throw new UnreadableMailException(
                    MailDefect.TOO_DEEP, "the mail has more than " + limits.depth() + " multiparts inside one another");
        }
        Entity.Multipart multipart = Entity.Multipart.of(descriptor.getSubType().toLowerCase(Locale.ROOT));
        rememberLanguage(descriptor);
        attach(multipart);
        open.push(multipart);
    }

    void endMultipart() {
        open.pop();
    }

    void body(MaximalBodyDescriptor descriptor, InputStream decoded) throws IOException {
        rememberLanguage(descriptor);
        String type = descriptor.getMimeType().toLowerCase(Locale.ROOT);
        String part = place();
        String name = name(descriptor);
        String contentId = contentId(descriptor);
        String disposition = descriptor.getContentDispositionType();
        boolean attached = "attachment".equalsIgnoreCase(disposition);
        long size;
        TextPart text = null;
        if (!attached && (type.equals("text/html") || type.equals("text/plain"))) {
            byte[] bytes = readText(decoded);
            size = bytes.length;
            text = text(part, type.equals("text/html"), bytes, descriptor);
        } else if (contentId != null && type.startsWith("image/")) {
            size = holdImage(part, name, type, contentId, decoded);
        } else {
            size = measure(part, name, type, decoded);
        }
        boolean inline = !attached && (disposition != null || contentId != null);
        attach(new Entity.Leaf(new Attachment(part, name, type, size, inline, contentId), text));
    }

    MailContent content() {
        Entity tree = root == null ? Entity.Multipart.of("mixed") : root;
        BodyChoice choice = BodyChoice.of(tree);
        return new MailContent(choice.html(), choice.plain(), images, choice.attachments(), language);
    }

    private void rememberLanguage(MaximalBodyDescriptor descriptor) {
        List<String> languages = descriptor.getContentLanguage();
        if (language == null && languages != null && !languages.isEmpty()) {
            String first = languages.getFirst().strip();
            language = first.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}") ? first : null;
        }
    }

    private void attach(Entity entity) {
        Entity.Multipart parent = open.peek();
        if (parent == null) {
            root = entity;
        } else {
            parent.children().add(entity);
        }
    }

    private String place() {
        if (open.isEmpty()) {
            return "1";
        }
        StringBuilder place = new StringBuilder();
        // The deque begins with the innermost; each open multipart is the last child of the one around it so far.
        List<Entity.Multipart> fromOutside = new ArrayList<>(open).reversed();
        for (Entity.Multipart multipart : fromOutside) {
            boolean innermost = multipart == open.peek();
            int number = multipart.children().size() + (innermost ? 1 : 0);
            place.append(place.isEmpty() ? "" : ".").append(number);
        }
        return place.toString();
    }

    private byte[] readText(InputStream decoded) throws IOException {
        int left = limits.text() - textBytes;
        byte[] bytes = decoded.readNBytes(left);
        if (bytes.length == left && decoded.read() >= 0) {
            throw new UnreadableMailException(
                    MailDefect.TEXT_TOO_LARGE, "the mail has more than " + limits.text() + " bytes of text");
        }
        textBytes += bytes.length;
        return bytes;
    }

    private long measure(String part, @Nullable String name, String type, InputStream decoded) throws IOException {
        CountedInputStream counted = new CountedInputStream(decoded);
        observer.file(part, name, type, counted);
        counted.transferTo(OutputStream.nullOutputStream());
        return counted.count();
    }

    private long holdImage(String part, @Nullable String name, String type, String contentId, InputStream decoded)
            throws IOException {
        int allowed = Math.min(limits.inlineImage(), limits.inlineImages() - imageBytes);
        byte[] start = decoded.readNBytes(allowed);
        long rest = 0;
        byte[] buffer = new byte[BUFFER];
        for (int count = decoded.read(buffer); count >= 0; count = decoded.read(buffer)) {
            rest += count;
        }
        if (rest == 0) {
            imageBytes += start.length;
            images.add(new InlineImage(contentId, start));
            observer.file(part, name, type, new ByteArrayInputStream(start));
        }
        return start.length + rest;
    }

    private static TextPart text(String part, boolean html, byte[] bytes, MaximalBodyDescriptor descriptor) {
        String charset = parameter(descriptor, "charset");
        return new TextPart(
                part,
                html,
                TextDecoder.decode(bytes, charset, html),
                "flowed".equalsIgnoreCase(parameter(descriptor, "format")),
                "yes".equalsIgnoreCase(parameter(descriptor, "delsp")));
    }

    private static @Nullable String parameter(MaximalBodyDescriptor descriptor, String name) {
        return descriptor.getContentTypeParameters().get(name);
    }

    private static @Nullable String name(MaximalBodyDescriptor descriptor) {
        String name = AttachmentName.of(descriptor.getContentDispositionFilename());
        return name == null ? AttachmentName.of(parameter(descriptor, "name")) : name;
    }

    private static @Nullable String contentId(MaximalBodyDescriptor descriptor) {
        String raw = descriptor.getContentId();
        if (raw == null) {
            return null;
        }
        String id = raw.strip().replaceAll("^<|>$", "").strip();
        return id.isEmpty() || id.length() > 998 ? null : id;
    }
}
