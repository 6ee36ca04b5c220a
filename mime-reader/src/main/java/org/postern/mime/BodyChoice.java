package org.postern.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what is shown, as RFC 8621 section 4.1.4 does, but of several HTML alternatives the last (RFC 2046 section
 * 5.1.4), as most readers do: a choice of our own would show people another mail than their other programs.
 */
final class BodyChoice {
    private final List<TextPart> html = new ArrayList<>();
    private final List<TextPart> plain = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();

    static BodyChoice of(Entity root) {
        BodyChoice choice = new BodyChoice();
        Entity.Multipart top =
                switch (root) {
                    case Entity.Multipart multipart -> multipart;
                    case Entity.Leaf leaf -> new Entity.Multipart("mixed", List.of(leaf));
                };
        choice.choose(top, false, choice.html, choice.plain);
        return choice;
    }

    List<TextPart> html() {
        return html;
    }

    List<TextPart> plain() {
        return plain;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    /** Either list is null where an alternative has already given what belongs there. */
    private void choose(
            Entity.Multipart parent,
            boolean inAlternative,
            @Nullable List<TextPart> htmlBody,
            @Nullable List<TextPart> plainBody) {
        if (parent.is("alternative")) {
            chooseAlternative(parent, htmlBody, plainBody);
            return;
        }
        List<TextPart> forHtml = htmlBody;
        List<TextPart> forPlain = plainBody;
        int index = 0;
        for (Entity child : parent.children()) {
            switch (child) {
                case Entity.Multipart multipart -> choose(multipart, inAlternative, forHtml, forPlain);
                case Entity.Leaf leaf -> {
                    TextPart text = leaf.text();
                    if (text == null || !isShown(leaf, parent, index)) {
                        attachments.add(leaf.what());
                    } else {
                        // Inside an alternative a branch is HTML or plain, whatever its first text is.
                        forHtml = inAlternative && !text.html() ? null : forHtml;
                        forPlain = inAlternative && text.html() ? null : forPlain;
                        addTo(forHtml, text);
                        addTo(forPlain, text);
                    }
                }
            }
            index++;
        }
    }

    private void chooseAlternative(
            Entity.Multipart parent, @Nullable List<TextPart> htmlBody, @Nullable List<TextPart> plainBody) {
        List<TextPart> htmls = new ArrayList<>();
        List<TextPart> plains = new ArrayList<>();
        for (Entity child : parent.children()) {
            List<TextPart> htmlOfChild = new ArrayList<>();
            switch (child) {
                case Entity.Multipart multipart -> choose(multipart, true, htmlOfChild, plains);
                case Entity.Leaf leaf -> {
                    TextPart text = leaf.text();
                    if (text == null) {
                        attachments.add(leaf.what());
                    } else {
                        (text.html() ? htmlOfChild : plains).add(text);
                    }
                }
            }
            if (!htmlOfChild.isEmpty()) {
                htmls = htmlOfChild;
            }
        }
        addAllTo(htmlBody, htmls.isEmpty() ? plains : htmls);
        addAllTo(plainBody, plains.isEmpty() ? htmls : plains);
    }

    private static boolean isShown(Entity.Leaf leaf, Entity.Multipart parent, int index) {
        return index == 0 || (!parent.is("related") && leaf.what().name() == null);
    }

    private static void addTo(@Nullable List<TextPart> body, TextPart text) {
        if (body != null) {
            body.add(text);
        }
    }

    private static void addAllTo(@Nullable List<TextPart> body, List<TextPart> texts) {
        if (body != null) {
            body.addAll(texts);
        }
    }
}
