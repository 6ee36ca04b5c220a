package org.postern.spam.phishing.view;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.postern.mime.HeaderText;
import org.postern.mime.Limits;
import org.postern.mime.MailContent;
import org.postern.mime.MailReader;
import org.postern.mime.Mailbox;
import org.postern.mime.TextPart;
import org.postern.mime.UnreadableMailException;
import org.postern.spam.phishing.images.QrCodes;
import org.postern.spam.phishing.names.Redirectors;

/** Makes the view of a mail, within limits of size, count and time. */
public final class MailParser {
    private static final int MOST_LINKS = 2_000;
    private static final int MOST_WORDS = 30_000;
    private static final int MOST_MAILBOXES = 50;
    private static final Limits LIMITS = Limits.defaults();

    private final Redirectors redirectors;

    /** @param redirectors whose targets are read out of their addresses */
    public MailParser(Redirectors redirectors) {
        this.redirectors = redirectors;
    }

    /**
     * Reads a mail to its end, or as far as it can be read: what is beyond the limits is named in the view.
     *
     * @throws IOException of the stream, unchanged
     */
    public ParsedMail parse(InputStream mail) throws IOException {
        MailFiles files = new MailFiles(new QrCodes());
        try {
            return view(MailReader.read(mail, LIMITS, files), files, Set.of());
        } catch (UnreadableMailException e) {
            files.unchecked().add("text");
            MailContent nothing = new MailContent(List.of(), List.of(), List.of(), List.of(), null);
            return view(nothing, files, Set.of(e.defect().code()));
        }
    }

    private ParsedMail view(MailContent content, MailFiles files, Set<String> unreadable) {
        List<HtmlPage> pages = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (TextPart part : content.html()) {
            if (part.html()) {
                HtmlPage page = HtmlReader.read(part.text(), Link.Source.HTML);
                if (!page.whole()) {
                    files.unchecked().add("text");
                }
                pages.add(page);
                texts.add(page.text());
                links.addAll(page.links());
                page.embedded().forEach(files::embedded);
            } else {
                texts.add(part.text());
            }
        }
        int room = Math.max(0, MOST_LINKS - links.size());
        // Mostly one text: then it is copied once.
        String shown = texts.isEmpty() ? "" : String.join("\n", texts) + "\n";
        List<Link> plain = PlainLinks.in(shown, room);
        links.addAll(plain);
        if (plain.size() == room) {
            files.unchecked().add("links");
        }
        files.pages().forEach(page -> links.addAll(page.links()));
        links.addAll(files.links());
        String subject = HeaderText.decode(files.first("subject"));
        Words words = Words.of(List.of(subject, shown), MOST_WORDS);
        if (words.size() >= MOST_WORDS) {
            files.unchecked().add("text");
        }
        Set<String> defects = new LinkedHashSet<>(unreadable);
        List<Mailbox> from = files.mailboxes("from", MOST_MAILBOXES);
        List<Mailbox> replyTo = files.mailboxes("reply-to", MOST_MAILBOXES);
        if (from.size() == MOST_MAILBOXES || replyTo.size() == MOST_MAILBOXES) {
            files.unchecked().add("header");
        }
        defects.addAll(HeaderDefects.of(files.header(), from));
        return new ParsedMail(
                files.header(),
                from,
                replyTo,
                files.mailboxes("to", MOST_MAILBOXES),
                subject,
                words,
                shown,
                pages,
                files.pages(),
                unwrapped(links),
                files.files(),
                files.unchecked(),
                defects,
                files.results());
    }

    private List<Link> unwrapped(List<Link> links) {
        List<Link> all = new ArrayList<>(links.size());
        for (Link link : links) {
            all.add(link);
            redirectors
                    .targetOf(link.target())
                    .flatMap(WebAddress::of)
                    .ifPresent(target -> all.add(new Link(link.shown(), target, link.source())));
        }
        return all;
    }
}
