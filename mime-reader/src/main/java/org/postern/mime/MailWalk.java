package org.postern.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** Shows every part of a mail to a visitor, as a stream: nothing of the mail is held. */
public final class MailWalk {
    private final MimeTokenStream tokens;
    private final Limits limits;
    private final MailPartVisitor visitor;
    // How many parts each open multipart has had; the outermost first.
    private final Deque<int[]> open = new ArrayDeque<>();
    private int parts;
    private int headerBytes;
    // The fields of the part at hand that may name its file.
    private final List<String> naming = new ArrayList<>();
    private boolean inHeaderOfMail = true;

    private MailWalk(InputStream mail, Limits limits, MailPartVisitor visitor) {
        this.tokens = MailReader.tokens(limits);
        this.limits = limits;
        this.visitor = visitor;
        tokens.parse(HeaderBlock.guard(mail, limits.headerBlock()));
    }

    /**
     * Walks through a mail to its end. Of the limits those for depth, parts and header blocks count.
     *
     * @param mail the raw mail, not closed
     * @throws UnreadableMailException where it is not a mail, or is larger than the limits
     * @throws IOException where the stream cannot be read, or the visitor's: the exception, unchanged
     */
    public static void through(InputStream mail, Limits limits, MailPartVisitor visitor) throws IOException {
        MailWalk walk = new MailWalk(mail, limits, visitor);
        try {
            while (walk.tokens.getState() != EntityState.T_END_OF_STREAM) {
                walk.step();
                walk.tokens.next();
            }
        } catch (MimeException e) {
            throw MailReader.unreadable(e, limits);
        }
    }

    private void step() throws IOException {
        switch (tokens.getState()) {
            case T_START_HEADER -> {
                headerBytes = 0;
                naming.clear();
            }
            case T_FIELD -> field();
            case T_END_HEADER -> inHeaderOfMail = false;
            case T_START_BODYPART -> countPart();
            case T_START_MULTIPART -> startMultipart();
            case T_END_MULTIPART -> open.removeLast();
            case T_BODY -> body();
            case T_START_MESSAGE,
                    T_END_MESSAGE,
                    T_RAW_ENTITY,
                    T_PREAMBLE,
                    T_EPILOGUE,
                    T_END_BODYPART,
                    T_END_OF_STREAM -> {}
        }
    }

    private void field() throws IOException {
        headerBytes += MailReader.sizeOf(tokens.getField());
        if (headerBytes > limits.headerBlock()) {
            throw new UnreadableMailException(
                    MailDefect.HEADER_TOO_LARGE,
                    "the header block of a part has more than " + limits.headerBlock() + " bytes");
        }
        String name = tokens.getField().getName();
        if (name.equalsIgnoreCase("content-type") || name.equalsIgnoreCase("content-disposition")) {
            String value = tokens.getField().getBody();
            naming.add(value == null ? "" : value);
        }
        if (inHeaderOfMail && tokens.getField().getName().equalsIgnoreCase("subject")) {
            String body = tokens.getField().getBody();
            visitor.subject(decoded(body == null ? "" : body));
        }
    }

    private void countPart() throws UnreadableMailException {
        parts++;
        if (parts > limits.parts()) {
            throw new UnreadableMailException(
                    MailDefect.TOO_MANY_PARTS, "the mail has more than " + limits.parts() + " parts");
        }
    }

    private void startMultipart() throws UnreadableMailException {
        if (open.size() >= limits.depth()) {
            throw new UnreadableMailException(
                    MailDefect.TOO_DEEP, "the mail has more than " + limits.depth() + " multiparts inside one another");
        }
        if (!open.isEmpty()) {
            open.getLast()[0]++;
        }
        open.addLast(new int[1]);
    }

    private void body() throws IOException {
        if (!open.isEmpty()) {
            open.getLast()[0]++;
        }
        MaximalBodyDescriptor descriptor = (MaximalBodyDescriptor) tokens.getBodyDescriptor();
        visitor.part(
                new MailPart(
                        place(),
                        names(descriptor, naming),
                        descriptor.getMimeType().toLowerCase(Locale.ROOT),
                        descriptor.getContentTypeParameters().get("charset"),
                        "attachment".equalsIgnoreCase(descriptor.getContentDispositionType())),
                tokens.getDecodedInputStream());
    }

    private String place() {
        return open.isEmpty()
                ? "1"
                : open.stream().map(count -> Integer.toString(count[0])).collect(Collectors.joining("."));
    }

    /** First what the standards have, then whatever else some program takes for one. */
    private static List<String> names(MaximalBodyDescriptor descriptor, List<String> fields) {
        return Stream.concat(
                        Stream.of(
                                        descriptor.getContentDispositionFilename(),
                                        descriptor.getContentTypeParameters().get("name"))
                                .filter(Objects::nonNull),
                        fields.stream().map(MailWalk::unfolded).flatMap(field -> FileNameParameters.of(field).stream()))
                .map(MailWalk::decoded)
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
    }

    private static String unfolded(String field) {
        return field.replace("\r", "").replace("\n", "");
    }

    private static String decoded(String raw) {
        return DecoderUtil.decodeEncodedWords(raw, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
    }
}
