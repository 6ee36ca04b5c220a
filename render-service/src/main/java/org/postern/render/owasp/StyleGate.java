package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamEventReceiverWrapper;
import org.postern.render.cleaning.AllowedAttributes;
import org.postern.render.cleaning.DataImage;
import org.postern.render.css.StyleFilter;
import org.postern.render.remote.RemoteImages;

/** What comes out of the policy passes here last: styles as they may be, images that are ours or part of the mail. */
final class StyleGate extends HtmlStreamEventReceiverWrapper {
    private final StyleFilter styles;
    private final RemoteImages images;
    private boolean inStyle;
    private final List<String> block = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    StyleGate(HtmlStreamEventReceiver renderer, StyleFilter styles, RemoteImages images) {
        super(renderer);
        this.styles = styles;
        this.images = images;
    }

    /** Keeps the policy from judging styles with a parser of its own, which drops what it does not know. */
    static void hideStyle(List<String> attributes) {
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            if (attributes.get(i).equals("style")) {
                attributes.set(i, AllowedAttributes.STYLE);
            }
        }
    }

    @Override
    public void openTag(String element, List<String> attributes) {
        if (element.equals("style")) {
            inStyle = true;
            block.clear();
            return;
        }
        kept.clear();
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            String name = attributes.get(i);
            String value = attributes.get(i + 1);
            if (name.equals(AllowedAttributes.STYLE)) {
                name = "style";
                value = styles.attribute(value);
            }
            boolean image = name.equals("src") || name.equals("background");
            boolean safe = !image || images.isOwn(value) || (name.equals("src") && DataImage.isSafe(value));
            if (safe && !(name.equals("style") && value.isEmpty())) {
                kept.add(name);
                kept.add(value);
            }
        }
        super.openTag(element, kept);
    }

    @Override
    public void text(String text) {
        if (inStyle) {
            block.add(text);
        } else {
            super.text(text);
        }
    }

    @Override
    public void closeTag(String element) {
        if (!element.equals("style")) {
            super.closeTag(element);
            return;
        }
        inStyle = false;
        // Mostly it is one piece, and known as it is.
        String safe = styles.block(block.size() == 1 ? block.getFirst() : String.join("", block));
        if (!safe.isEmpty()) {
            super.openTag("style", new ArrayList<>());
            super.text(safe);
            super.closeTag("style");
        }
    }
}
