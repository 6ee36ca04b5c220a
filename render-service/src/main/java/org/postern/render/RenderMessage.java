package org.postern.render;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.mime.MailContent;
import org.postern.mime.MailReader;
import org.postern.mime.TextDecoder;
import org.postern.mime.TextPart;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteReference;

/** Renders a mail, or bare HTML. */
public final class RenderMessage {
    private final HtmlSanitizer sanitizer;
    private final RenderLimits limits;
    private final Semaphore slots;

    public RenderMessage(HtmlSanitizer sanitizer, RenderLimits limits) {
        this.sanitizer = sanitizer;
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
        MailContent content = MailReader.read(mail, limits.mime());
        return inSlot(budget -> render(content, remote, budget));
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
        return inSlot(budget -> render(content, remote, budget));
    }

    private Rendition inSlot(Function<RenderingBudget, Rendition> rendering) {
        slots.acquireUninterruptibly();
        try {
            return rendering.apply(RenderingBudget.of(limits.time()));
        } finally {
            slots.release();
        }
    }

    private Rendition render(MailContent content, RemoteImages remote, RenderingBudget budget) {
        StringBuilder source = new StringBuilder();
        if (content.html().stream().noneMatch(TextPart::html)) {
            source.append(PageLayout.STANDARDS.doctype());
        }
        for (TextPart part : content.html()) {
            // Parts that follow one another are one document to the sanitizer: none can open what another closes.
            source.append(part.html() ? part.text() : PlainText.toHtml(part.text(), budget));
        }
        SanitizedHtml safe = sanitizer.sanitize(source.toString(), content.images(), remote, budget);
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
        int removed = safe.removed().stream().mapToInt(RemovedConstruct::count).sum();
        return new Rendition(
                safe.html(),
                plain(content, safe),
                safe.title(),
                safe.layout(),
                safe.direction() == null ? "auto" : safe.direction(),
                safe.language() == null ? content.language() : safe.language(),
                new Rendition.Counts(blocked, trackers, removed, safe.links().size(), files.size()),
                safe.remote(),
                safe.removed(),
                safe.links(),
                files,
                remote.policy().isEmpty()
                        ? Rendition.CSP
                        : Rendition.CSP.replace("img-src data:", "img-src data: " + remote.policy()));
    }

    /** What the mail says in plain text; where it has only HTML, what that shows. */
    private static String plain(MailContent content, SanitizedHtml safe) {
        boolean said = !content.plain().isEmpty() && content.plain().stream().noneMatch(TextPart::html);
        return said ? content.plain().stream().map(TextPart::text).collect(Collectors.joining("\n")) : safe.text();
    }

    private static String imageSources(Rendition rendition) {
        int start = rendition.csp().indexOf("img-src ") + "img-src ".length();
        return rendition.csp().substring(start, rendition.csp().indexOf(';', start));
    }

    /** The page that shows a rendition by itself. */
    public static byte[] page(Rendition rendition) {
        String language = rendition.language() == null ? "" : " lang=\"" + rendition.language() + "\"";
        String page =
                rendition.layout().doctype() + "\n<html dir=\"" + rendition.direction() + "\"" + language + "><head>"
                        + "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\""
                        + "default-src 'none'; img-src " + imageSources(rendition)
                        + "; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">"
                        + "<meta name=\"referrer\" content=\"no-referrer\">"
                        + "<meta name=\"viewport\" content=\"width=device-width\"><title>Message</title></head><body>"
                        + rendition.html() + "</body></html>\n";
        return page.getBytes(StandardCharsets.UTF_8);
    }
}
