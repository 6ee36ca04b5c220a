package org.postern.spam.phishing.view;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postern.mime.Mailbox;

/**
 * A mail as its reader and its reader's program see it.
 *
 * @param header the values of each field, by name in lower case, in the order of the mail
 * @param from the mailboxes of all From fields
 * @param subject decoded; empty where there is none
 * @param words of the subject and, behind a border, of all texts that are shown
 * @param text what is shown, without the subject
 * @param pages the shown HTML
 * @param attachedPages HTML that is attached
 * @param links every link of the mail, those behind redirectors included
 * @param files attachments and images
 * @param unchecked what was not looked at, as stable words
 * @param defects what a mail should not be, as stable words
 * @param results what servers say of its sender, from the top
 */
public record ParsedMail(
        Map<String, List<String>> header,
        List<Mailbox> from,
        List<Mailbox> replyTo,
        List<Mailbox> to,
        String subject,
        Words words,
        String text,
        List<HtmlPage> pages,
        List<HtmlPage> attachedPages,
        List<Link> links,
        List<MailFile> files,
        Set<String> unchecked,
        Set<String> defects,
        List<TracedResult> results) {
    /** The one mailbox that a reader takes for the sender; null where there is none. */
    public @Nullable Mailbox sender() {
        return from.isEmpty() ? null : from.getFirst();
    }

    /** The first value of a field; empty where it is absent. */
    public String field(String name) {
        List<String> values = header.get(name);
        return values == null || values.isEmpty() ? "" : values.getFirst();
    }

    /** Whether a field is there. */
    public boolean has(String name) {
        return header.containsKey(name);
    }

    /** Whether fewer letters of any alphabet are shown. In a plain loop: a stream of characters costs ten times that. */
    public boolean hasFewerLettersThan(int most) {
        int letters = 0;
        for (int i = 0; i < text.length() && letters < most; i++) {
            letters += Character.isLetter(text.charAt(i)) ? 1 : 0;
        }
        return letters < most;
    }

    /** Links to pages. */
    public Stream<Link> webLinks() {
        return links.stream().filter(link -> link.target().isWeb());
    }

    /** Links to pages that a reader would follow: all but those that only name the standards of documents. */
    public Stream<String> webHosts() {
        return webLinks().map(link -> link.target().host()).distinct();
    }

    /**
     * Whether it says that it came over a mailing list that people write to (RFC 2919), or that it answers another mail. Its
     * sender wrote that, so it proves nothing, and clears no finding but weak ones of style.
     */
    public boolean saysConversation() {
        return has("list-post") || has("in-reply-to") || (has("list-id") && has("references"));
    }

    @Override
    public String toString() {
        return "ParsedMail[" + links.size() + " links]";
    }
}
