package org.postern.message.letter;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.field.ParseException;
import org.apache.james.mime4j.message.BodyPartBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.RawField;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.message.digest.Digest;
import org.postern.message.digest.DigestPage;
import org.postern.message.digest.HeldMessage;
import org.postern.message.digest.Language;
import org.postern.message.digest.Letters;
import org.postern.mime.Limits;
import org.postern.mime.MailPart;
import org.postern.mime.MailPartVisitor;
import org.postern.mime.MailWalk;

/**
 * Letters and pages from templates. All that a mail says is shown as text: escaped in HTML, without control and format
 * characters, and so that no mail reader makes a link of it.
 */
public final class DigestLetters implements Letters {
    private static final int LONGEST = 120;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}]+");
    private static final Pattern DOT_IN_NAME = Pattern.compile("(?<=[\\p{L}\\p{N}_-])\\.(?=[\\p{L}\\p{N}_-])");
    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(?:https?|ftp|mailto|javascript|data)\\s*:");

    private final Map<Language, Map<String, String>> words = new EnumMap<>(Language.class);
    private final Template html;
    private final Template text;
    private final Template page;
    private final MailAddress from;
    private final ZoneId zone;

    /**
     * @param from whom letters are from
     * @param zone in which times are shown
     */
    public DigestLetters(MailAddress from, ZoneId zone) {
        this.from = from;
        this.zone = zone;
        Engine engine = Engine.builder()
                .addDefaults()
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build();
        this.html = engine.parse(resource("letter.html"), Variant.forContentType(Variant.TEXT_HTML));
        this.text = engine.parse(resource("letter.txt"), Variant.forContentType(Variant.TEXT_PLAIN));
        this.page = engine.parse(resource("page.html"), Variant.forContentType(Variant.TEXT_HTML));
        for (Language language : Language.values()) {
            words.put(language, read(language));
        }
    }

    @Override
    public byte[] letter(Digest digest, Instant now) {
        Map<String, Object> data = data(digest.language());
        data.put(
                "messages",
                digest.held().stream()
                        .map(held -> shown(held, digest.language()))
                        .toList());
        data.put("more", digest.more());
        data.put("until", time(digest.linksEnd(), digest.language()));
        try {
            return written(digest, now, html.render(data), text.render(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException("an address of ours that cannot be read", e);
        }
    }

    private byte[] written(Digest digest, Instant now, String asHtml, String asText)
            throws IOException, ParseException {
        Message.Builder letter = Message.Builder.of();
        letter.setField(new RawField("Auto-Submitted", "auto-generated"))
                .setField(new RawField("X-Auto-Response-Suppress", "All"))
                .setFrom(from.value())
                .setSubject(word(digest.language(), "letter_subject"))
                .setDate(Date.from(now), TimeZone.getTimeZone("UTC"))
                .generateMessageId(from.domain());
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(digest.reader().value())) {
            letter.setTo(digest.reader().value());
        }
        letter.setBody(MultipartBuilder.create("alternative")
                .addBodyPart(part(asText, "plain"))
                .addBodyPart(part(asHtml, "html"))
                .build());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DefaultMessageWriter().writeMessage(letter.build(), out);
        return out.toByteArray();
    }

    private static BodyPartBuilder part(String content, String subtype) throws IOException {
        return BodyPartBuilder.create()
                .setBody(content.replace("\n", "\r\n"), subtype, StandardCharsets.UTF_8)
                .setContentTransferEncoding("quoted-printable");
    }

    @Override
    public String page(DigestPage what, Language language, @Nullable HeldMessage message) {
        String name = "page_" + what.name().toLowerCase(Locale.ROOT);
        Map<String, Object> data = data(language);
        data.put("title", word(language, name + "_title"));
        data.put("text", word(language, name + "_text"));
        data.put("ask", what == DigestPage.ASK);
        data.put("message", message == null ? Map.of() : shown(message, language));
        return page.render(data);
    }

    @Override
    public String subject(InputStream mail) {
        FirstSubject subject = new FirstSubject();
        try {
            MailWalk.through(mail, Limits.defaults(), subject);
        } catch (IOException e) {
            // Read so far, or not a mail.
        }
        return harmless(subject.text);
    }

    private Map<String, Object> data(Language language) {
        Map<String, Object> data = new HashMap<>();
        data.put("lang", language.tag());
        data.put("words", words.get(language));
        return data;
    }

    private Map<String, Object> shown(HeldMessage held, Language language) {
        Map<String, Object> shown = new HashMap<>();
        String subject = harmless(held.subject());
        String sender = harmless(held.sender());
        shown.put("subject", subject.isEmpty() ? word(language, "letter_no_subject") : subject);
        shown.put("sender", sender.isEmpty() ? word(language, "letter_nobody") : sender);
        shown.put("received", time(held.receivedAt(), language));
        shown.put("why", word(language, "why_" + held.why().name().toLowerCase(Locale.ROOT)));
        shown.put("link", held.link() == null ? "" : held.link());
        return shown;
    }

    private String time(Instant instant, Language language) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(Locale.forLanguageTag(language.tag()))
                .withZone(zone)
                .format(instant);
    }

    private String word(Language language, String key) {
        String word = words.getOrDefault(language, Map.of()).get(key);
        if (word == null) {
            throw new IllegalStateException("no words for " + key);
        }
        return word;
    }

    /** A text of a mail so that it hides nothing and links to nothing. */
    static String harmless(String text) {
        String seen = UNSEEN.matcher(text).replaceAll(" ").strip();
        String cut = seen.codePointCount(0, seen.length()) <= LONGEST
                ? seen
                : seen.substring(0, seen.offsetByCodePoints(0, LONGEST)) + "\u2026";
        return DOT_IN_NAME.matcher(SCHEME.matcher(cut).replaceAll("[link] ")).replaceAll("[.]");
    }

    private static Map<String, String> read(Language language) {
        Map<String, String> words = new HashMap<>();
        try (InputStream in = open("words_" + language.tag() + ".properties")) {
            PropertyResourceBundle bundle = new PropertyResourceBundle(in);
            bundle.keySet().forEach(key -> words.put(key, bundle.getString(key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(words);
    }

    private static String resource(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = DigestLetters.class.getResourceAsStream("/digest/" + name);
        if (in == null) {
            throw new IOException("the resource digest/" + name + " is missing");
        }
        return in;
    }

    private static final class FirstSubject implements MailPartVisitor {
        private String text = "";

        @Override
        public void subject(String subject) {
            if (text.isEmpty()) {
                text = subject;
            }
        }

        @Override
        public void part(MailPart part, InputStream decoded) throws IOException {
            throw new IOException("the head is enough");
        }
    }
}
