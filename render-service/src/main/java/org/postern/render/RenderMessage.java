package org.postern.render;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.mime.Attachment;
import org.postern.mime.InlineImage;
import org.postern.mime.MailContent;
import org.postern.mime.MailReader;
import org.postern.mime.TextDecoder;
import org.postern.mime.TextPart;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteReference;

/** Renders a mail, or bare HTML. */
public final class RenderMessage {
    private static final int MOST_EVENTS = 10;

    private final HtmlSanitizer sanitizer;
    private final Calendars calendars;
    private final RenderLimits limits;
    private final Semaphore slots;

    public RenderMessage(HtmlSanitizer sanitizer, Calendars calendars, RenderLimits limits) {
        this.sanitizer = sanitizer;
        this.calendars = calendars;
        this.limits = limits;
        this.slots = new Semaphore(limits.concurrency());
    }

    /**
     * Renders a mail.
     *
     * @param mail the raw mail, read to its end
     * @param remote what becomes of remote images; nothing else that is remote is shown
     * @throws org.postern.mime.UnreadableMailException where it is not a mail, or is beyond the limits
     * @throws RenderingException where it takes too long
     * @throws IOException where the stream cannot be read: its exception, unchanged
     */
    public Rendition mail(InputStream mail, RemoteImages remote) throws IOException {
        MailAside aside = new MailAside();
        MailContent content = MailReader.read(mail, limits.mime(), aside);
        return inSlot(content, aside, remote.readBy(aside.readers()));
    }

    /**
     * Renders HTML.
     *
     * @param charset the charset it is said to be in
     * @throws RenderingException where it is too large or takes too long
     */
    public Rendition html(InputStream html, @Nullable String charset, RemoteImages remote) throws IOException {
        byte[] bytes = html.readNBytes(limits.html() + 1);
        if (bytes.length > limits.html()) {
            throw new RenderingException(
                    RenderingException.Reason.HTML_TOO_LARGE, "The HTML has more than " + limits.html() + " bytes.");
        }
        String text = TextDecoder.decode(bytes, charset, true);
        MailContent content = new MailContent(
                List.of(new TextPart("1", true, text, false, false)), List.of(), List.of(), List.of(), null);
        return inSlot(content, new MailAside(), remote);
    }

    private Rendition inSlot(MailContent content, MailAside aside, RemoteImages remote) {
        slots.acquireUninterruptibly();
        try {
            return render(content, aside, remote, false, RenderingBudget.of(limits.time()));
        } catch (RenderingException e) {
            if (e.reason() != RenderingException.Reason.TOO_EXPENSIVE) {
                throw e;
            }
            // Whoever sent it must not keep it from being read: its text costs next to nothing.
            List<TextPart> texts = (content.plain().isEmpty() ? content.html() : content.plain())
                    .stream().map(RoughText::of).toList();
            MailContent plain = new MailContent(texts, texts, List.of(), content.attachments(), content.language());
            return render(plain, aside, RemoteImages.blocked(), true, RenderingBudget.of(limits.time()));
        } finally {
            slots.release();
        }
    }

    private Rendition render(
            MailContent content, MailAside aside, RemoteImages remote, boolean asText, RenderingBudget budget) {
        StringBuilder source = new StringBuilder();
        if (content.html().stream().noneMatch(TextPart::html)) {
            source.append(PageLayout.STANDARDS.doctype());
        }
        for (TextPart part : content.html()) {
            // Parts that follow one another are one document to the sanitizer: none can open what another closes.
            source.append(part.html() ? part.text() : PlainText.toHtml(part, budget));
        }
        SanitizedHtml safe = sanitizer.sanitize(source.toString(), carried(content), remote, budget);
        List<Rendition.CarriedFile> files = content.attachments().stream()
                .map(file -> new Rendition.CarriedFile(
                        file.part(), file.name(), file.mediaType(), file.size(), file.inline()))
                .toList();
        int blocked = safe.remote().stream()
                .filter(reference -> !reference.isProxied())
                .mapToInt(RemoteReference::count)
                .sum();
        int trackers = safe.remote().stream()
                .filter(RemoteReference::tracker)
                .mapToInt(RemoteReference::count)
                .sum();
        List<RemovedConstruct> constructs = new ArrayList<>(safe.removed());
        if (aside.receipts() > 0) {
            constructs.add(new RemovedConstruct("receipt-request", aside.receipts()));
        }
        if (asText) {
            constructs.add(new RemovedConstruct(Rendition.AS_TEXT, 1));
        }
        List<CalendarEvent> events = aside.calendars().stream()
                .flatMap(text -> calendars.events(text).stream())
                .limit(MOST_EVENTS)
                .toList();
        int removed = constructs.stream().mapToInt(RemovedConstruct::count).sum();
        return new Rendition(
                safe.html(),
                plain(content, safe, budget),
                safe.title(),
                safe.layout(),
                safe.direction() == null ? "auto" : safe.direction(),
                safe.language() == null ? content.language() : safe.language(),
                content.html().stream().noneMatch(TextPart::html) || safe.dark() ? "light dark" : "light",
                new Rendition.Counts(blocked, trackers, removed, safe.links().size(), files.size()),
                safe.remote(),
                constructs,
                safe.links(),
                files,
                events,
                List.of(),
                remote.policy().isEmpty()
                        ? Rendition.CSP
                        : Rendition.CSP.replace("img-src data:", "img-src data: " + remote.policy()));
    }

    /** The images with their places in the mail. */
    private static List<CarriedImage> carried(MailContent content) {
        return content.images().stream()
                .map(image -> new CarriedImage(partOf(image, content.attachments()), image))
                .toList();
    }

    private static String partOf(InlineImage image, List<Attachment> attachments) {
        return attachments.stream()
                .filter(file -> image.contentId().equals(file.contentId()) && image.bytes().length == file.size())
                .map(Attachment::part)
                .findFirst()
                .orElse("");
    }

    /** What the mail says in plain text; where it has only HTML, what that shows. */
    private static String plain(MailContent content, SanitizedHtml safe, RenderingBudget budget) {
        boolean said = !content.plain().isEmpty() && content.plain().stream().noneMatch(TextPart::html);
        return said
                ? content.plain().stream()
                        .map(part -> QuotedText.text(part, budget))
                        .collect(Collectors.joining("\n"))
                : safe.text();
    }
}
