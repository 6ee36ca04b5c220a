package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.owasp.html.FilterUrlByProtocolAttributePolicy;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamEventReceiverWrapper;
import org.owasp.html.HtmlStreamRenderer;
import org.owasp.html.PolicyFactory;
import org.postern.render.RenderingBudget;
import org.postern.render.cleaning.AllowedAttributes;
import org.postern.render.cleaning.AllowedElements;
import org.postern.render.cleaning.CleaningContext;
import org.postern.render.cleaning.MailLinks;
import org.postern.render.cleaning.Report;
import org.postern.render.cleaning.StyleAddresses;
import org.postern.render.css.StyleFilter;
import org.postern.render.remote.RemoteImages;

/** The allow-list that everything passes last. */
final class Gate {
    private static final String[] PROTOCOLS = {"http", "https", "mailto", "tel", "data"};
    private static final FilterUrlByProtocolAttributePolicy ADDRESSES =
            new FilterUrlByProtocolAttributePolicy(List.of(PROTOCOLS));

    private static final PolicyFactory POLICY = withAttributes(new HtmlPolicyBuilder()
                    .allowElements(AllowedElements.names().toArray(String[]::new))
                    .allowElements(Gate::link, "a")
                    .allowWithoutAttributes("span", "font")
                    .allowUrlProtocols(PROTOCOLS))
            .allowTextIn("style")
            .toFactory();

    private final RemoteImages images;
    private final RenderingBudget budget;
    private final StyleFilter styles;

    Gate(CleaningContext context) {
        this.images = context.remote();
        this.budget = context.budget();
        this.styles = new StyleFilter(
                new StyleAddresses(new Report(context.trackers(), images), images, address -> address),
                budget::check,
                context.styles(),
                context.known(),
                false);
    }

    /** Makes the attributes of the table those of a policy. */
    private static HtmlPolicyBuilder withAttributes(HtmlPolicyBuilder policy) {
        AllowedAttributes.rules().forEach((name, rule) -> {
            HtmlPolicyBuilder.AttributeBuilder attribute = policy.allowAttributes(name)
                    .matching((String element, String key, String value) -> rule.written(name, value));
            if (rule.elements().isEmpty()) {
                attribute.globally();
            } else {
                attribute.onElements(rule.elements().toArray(String[]::new));
            }
        });
        return policy;
    }

    /** An address as the policy writes it: parentheses, braces and the like in hexadecimal digits. */
    static String written(String address) {
        return Objects.requireNonNullElse(ADDRESSES.apply("a", "href", address), "");
    }

    /**
     * Passes a tree through the policy, event by event.
     *
     * @param length about how long it will be
     * @return the HTML, or null where the policy changed something or its text would not be read as this tree: then only
     *     passing it as text, and reading what comes out, tells what it is
     */
    @Nullable String pass(Element tree, int length) {
        StringBuilder out = new StringBuilder(length);
        AsWritten check = new AsWritten(HtmlStreamRenderer.create(out, problem -> {}));
        HtmlStreamEventReceiver policy = POLICY.apply(new StyleGate(check, styles, images));
        new TreeEvents(policy, check, budget).send(tree);
        return check.isAsWritten() ? out.toString() : null;
    }

    /** Passes HTML through the policy as text. */
    String pass(String html) {
        StringBuilder out = new StringBuilder(html.length());
        HtmlStreamEventReceiver renderer = new StyleGate(HtmlStreamRenderer.create(out, problem -> {}), styles, images);
        HtmlSanitizer.sanitize(html, POLICY.apply(renderer), sink -> new Watched(sink, budget));
        return out.toString();
    }

    private static String link(String element, List<String> attributes) {
        List<String> kept = new ArrayList<>();
        boolean leads = false;
        boolean inside = false;
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            String name = attributes.get(i);
            if (!name.equals("rel") && !name.equals("target")) {
                kept.add(name);
                kept.add(attributes.get(i + 1));
                leads |= name.equals("href");
                inside |= name.equals("href") && attributes.get(i + 1).startsWith("#");
            }
        }
        if (leads && !inside) {
            kept.addAll(List.of("target", "_blank", "rel", MailLinks.REL));
        }
        attributes.clear();
        attributes.addAll(kept);
        return element;
    }

    /** Looks at the clock at every event. */
    private static final class Watched extends HtmlStreamEventReceiverWrapper {
        private final RenderingBudget budget;

        Watched(HtmlStreamEventReceiver sink, RenderingBudget budget) {
            super(sink);
            this.budget = budget;
        }

        @Override
        public void openTag(String element, List<String> attributes) {
            budget.check();
            StyleGate.hideStyle(attributes);
            super.openTag(element, attributes);
        }

        @Override
        public void text(String text) {
            budget.check();
            super.text(text);
        }
    }
}
