package org.postern.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail shows and what it carries.
 *
 * @param html the parts to show one after the other where HTML can be shown; a plain part stands there where the mail has
 *     nothing better in its place
 * @param plain the same where only text can be shown
 * @param images images kept for references by {@code cid:}
 * @param attachments everything else, in the order of the mail; images that the HTML may refer to are among them
 * @param language the first language of {@code Content-Language}
 */
public record MailContent(
        List<TextPart> html,
        List<TextPart> plain,
        List<InlineImage> images,
        List<Attachment> attachments,
        @Nullable String language) {
    public MailContent {
        html = List.copyOf(html);
        plain = List.copyOf(plain);
        images = List.copyOf(images);
        attachments = List.copyOf(attachments);
    }
}
