package org.postern.render.cleaning;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attributes;
import org.jsoup.nodes.Element;
import org.postern.render.Link;
import org.postern.render.css.OwnNames;
import org.postern.render.remote.Redirectors;
import org.postern.render.remote.RemoteUrl;

/** Puts links right: where they lead is whole and said, and they lead there in a window of its own that is told nothing. */
public final class MailLinks {
    /** What a link out of the mail says of itself. */
    public static final String REL = "noopener noreferrer nofollow";

    private static final int LINK_TEXT = 200;
    private static final Pattern PHONE = Pattern.compile("(?i:tel):[0-9+*#().,;-]{1,40}");
    private static final Pattern HOST_IN_TEXT =
            Pattern.compile("^(?:https?://)?((?:[a-z0-9-]{1,63}\\.){1,5}[a-z]{2,24})(?:[/?#:].{0,500})?$");
    private static final String MAIL = "mailto:";

    private final DocumentAddresses addresses;
    private final Redirectors redirectors;
    private final UnaryOperator<String> writing;
    private final Report report;

    /** @param writing how the policy writes an address */
    MailLinks(DocumentAddresses addresses, Redirectors redirectors, UnaryOperator<String> writing, Report report) {
        this.writing = writing;
        this.addresses = addresses;
        this.redirectors = redirectors;
        this.report = report;
    }

    void change(Element link) {
        if (link.attributesSize() == 0) {
            return;
        }
        Attributes its = link.attributes();
        its.remove("target");
        its.remove("rel");
        if (!its.hasKey("href")) {
            return;
        }
        // Old browsers took backquotes for quotes; the policy would add a space to them, again at each pass.
        String written = its.get("href").replace("`", "%60");
        String target = addresses.resolve(written);
        if (target.startsWith("#")) {
            String own = OwnNames.of(target.substring(1));
            if (own != null) {
                its.put("href", "#" + own);
                return;
            }
        }
        if (!leads(link, written, target)) {
            report.removed("link-address");
            its.remove("href");
            return;
        }
        // As the policy writes them, so that it has nothing to change.
        its.put("target", "_blank");
        its.put("rel", REL);
    }

    private boolean leads(Element link, String written, String target) {
        RemoteUrl url = addresses.urlOf(written);
        boolean web =
                url != null && url.scheme().startsWith("http") && !url.host().equals(RemoteUrl.INVALID);
        if (url != null && web) {
            String text = textOf(link);
            link.attributes().put("href", writing.apply(url.normal()));
            RemoteUrl last = redirectors.targetOf(url);
            boolean mismatch = names(text, last == null ? url.host() : last.host());
            report.link(new Link(text, url.normal(), url.host(), last == null ? null : last.normal(), mismatch));
            return true;
        }
        boolean mail = "mailto".equals(RemoteUrl.schemeOf(target)) && target.length() > MAIL.length();
        String address = mail
                ? MAIL + target.substring(MAIL.length())
                : PHONE.matcher(target).matches() ? target.toLowerCase(Locale.ROOT) : null;
        if (address == null) {
            return false;
        }
        link.attributes().put("href", writing.apply(address));
        report.link(new Link(textOf(link), address, null, null, false));
        return true;
    }

    private static String textOf(Element link) {
        String text = link.text().strip();
        return text.length() > LINK_TEXT ? text.substring(0, LINK_TEXT) : text;
    }

    /** Whether a text that is an address names another host. */
    private static boolean names(String text, String host) {
        if (text.indexOf('.') < 0) {
            return false;
        }
        Matcher shown = HOST_IN_TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!shown.matches()) {
            return false;
        }
        String named = shown.group(1);
        return !host.equals(named) && !host.endsWith("." + named) && !named.endsWith("." + host);
    }
}
