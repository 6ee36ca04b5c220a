package org.postern.mime;

import java.io.IOException;
import java.io.InputStream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.io.MaxHeaderLengthLimitException;
import org.apache.james.mime4j.io.MaxHeaderLimitException;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteSequence;

/**
 * Reads a mail in one pass. Texts that may be shown and small images are held in memory; attachments are only measured.
 * Mails inside the mail ({@code message/rfc822}) are attachments.
 */
public final class MailReader {
    private static final int FIELDS = 10_000;

    private MailReader() {}

    /**
     * Reads a mail to its end.
     *
     * @param mail the raw mail, not closed
     * @throws UnreadableMailException where it is not a mail, or is larger than the limits
     * @throws IOException where the stream cannot be read: its exception, unchanged
     */
    public static MailContent read(InputStream mail, Limits limits) throws IOException {
        return read(mail, limits, MailObserver.NONE);
    }

    /**
     * Reads a mail to its end and shows what is not held.
     *
     * @param mail the raw mail, not closed
     * @throws UnreadableMailException where it is not a mail, or is larger than the limits
     * @throws IOException where the stream cannot be read: its exception, unchanged; or that of the observer
     */
    public static MailContent read(InputStream mail, Limits limits, MailObserver observer) throws IOException {
        MimeTokenStream tokens = tokens(limits);
        tokens.parse(HeaderBlock.guard(mail, limits.headerBlock()));
        PartCollector collector = new PartCollector(limits, observer);
        try {
            while (tokens.getState() != EntityState.T_END_OF_STREAM) {
                collect(tokens, collector);
                tokens.next();
            }
            return collector.content();
        } catch (MimeException e) {
            throw unreadable(e, limits);
        }
    }

    /** A parser that takes nested mails as what they are attached as. */
    static MimeTokenStream tokens(Limits limits) {
        MimeTokenStream tokens = new MimeTokenStream(
                config(limits),
                DecodeMonitor.SILENT,
                new DefaultBodyDescriptorBuilder(null, LenientFieldParser.getParser(), DecodeMonitor.SILENT));
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        return tokens;
    }

    /** What the parser's exception means to our callers. */
    static IOException unreadable(MimeException e, Limits limits) {
        if (e instanceof MaxHeaderLengthLimitException || e instanceof MaxHeaderLimitException) {
            return new UnreadableMailException(
                    MailDefect.HEADER_TOO_LARGE, "a header has more than " + limits.headerBlock() + " bytes");
        }
        return e.getCause() instanceof IOException cause
                ? cause
                : new UnreadableMailException(MailDefect.MALFORMED, "the mail cannot be taken apart");
    }

    private static void collect(MimeTokenStream tokens, PartCollector collector) throws IOException {
        switch (tokens.getState()) {
            case T_START_HEADER -> collector.startHeader();
            case T_FIELD -> collector.field(tokens.getField());
            case T_START_BODYPART -> collector.startPart();
            case T_START_MULTIPART -> collector.startMultipart(descriptor(tokens));
            case T_END_MULTIPART -> collector.endMultipart();
            case T_BODY -> collector.body(descriptor(tokens), tokens.getDecodedInputStream());
            case T_END_HEADER -> collector.endHeader();
            case T_START_MESSAGE,
                    T_END_MESSAGE,
                    T_RAW_ENTITY,
                    T_PREAMBLE,
                    T_EPILOGUE,
                    T_END_BODYPART,
                    T_END_OF_STREAM -> {}
        }
    }

    /** The bytes of a field as they came. */
    static int sizeOf(Field field) {
        ByteSequence raw = field.getRaw();
        return raw == null ? field.getName().length() : raw.length();
    }

    private static MaximalBodyDescriptor descriptor(MimeTokenStream tokens) {
        return (MaximalBodyDescriptor) tokens.getBodyDescriptor();
    }

    private static MimeConfig config(Limits limits) {
        return MimeConfig.custom()
                .setMaxHeaderLen(limits.headerBlock())
                .setMaxLineLen(-1)
                .setMaxHeaderCount(FIELDS)
                .setMaxContentLen(-1)
                .setMalformedHeaderStartsBody(false)
                .build();
    }
}
