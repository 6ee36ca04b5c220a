package org.postern.render.cleaning;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsoup.nodes.Attributes;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.postern.render.CarriedImage;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteUrl;

/** Puts images right: those of the mail are shown, those elsewhere through our proxy or not at all. */
final class MailImages {
    private final DocumentAddresses addresses;
    private final List<CarriedImage> images;
    private final RemoteImages remote;
    private final HiddenImages hidden;
    private final Report report;

    MailImages(
            DocumentAddresses addresses,
            List<CarriedImage> images,
            RemoteImages remote,
            HiddenImages hidden,
            Report report) {
        this.addresses = addresses;
        this.images = images;
        this.remote = remote;
        this.hidden = hidden;
        this.report = report;
    }

    /** Puts one right; whether it stays in its place, seen or not. */
    boolean change(Element image) {
        Attributes its = image.attributes();
        String written = ImageSet.addressOf(image);
        String source = RemoteUrl.clean(written);
        if (remote.isOwn(source)) {
            its.put("src", source);
            return true;
        }
        RemoteUrl url = addresses.urlOf(written);
        if (url != null) {
            boolean unseen = hidden.isHidden(image);
            String own = unseen || report.vendorOf(url) != null ? null : remote.addressOf(url);
            if (own != null) {
                its.put("src", own);
            } else {
                its.remove("src");
            }
            return !unseen;
        }
        String scheme = RemoteUrl.schemeOf(source);
        String data = "cid".equals(scheme)
                ? inline(source.substring(4))
                : "data".equals(scheme) ? DataImage.rewritten(source) : null;
        if (data == null) {
            if (!source.isEmpty()) {
                report.removed("cid".equals(scheme) ? "missing-inline-image" : "image-address");
            }
            its.remove("src");
        } else {
            its.put("src", data);
        }
        return true;
    }

    void background(Element element) {
        Attributes attributes = element.attributes();
        if (!attributes.hasKey("background")) {
            return;
        }
        String written = attributes.get("background");
        String source = RemoteUrl.clean(written);
        RemoteUrl url = addresses.urlOf(written);
        String own = remote.isOwn(source)
                ? source
                : url == null || report.vendorOf(url) != null || hidden.isHidden(element)
                        ? null
                        : remote.addressOf(url);
        if (own == null) {
            attributes.remove("background");
        } else {
            attributes.put("background", own);
        }
    }

    private @Nullable String inline(String reference) {
        String id;
        try {
            id = URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        for (CarriedImage carried : images) {
            if (carried.image().contentId().equals(id)) {
                String data = DataImage.of(carried.image().bytes());
                boolean apart = data != null && !carried.part().isEmpty() && DataImage.isMadeAnew(data);
                String address = apart ? remote.addressOfPart(carried.part()) : null;
                return address == null ? data : address;
            }
        }
        return null;
    }
}
