package org.postern.render.cleaning;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Addresses;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteKind;
import org.postern.render.remote.RemoteUrl;

/** Addresses in styles: images through our proxy where they are shown at all, raster images by value, nothing else. */
public final class StyleAddresses implements Addresses {
    private final Report report;
    private final RemoteImages images;
    private final UnaryOperator<String> resolve;
    private boolean unseen;

    /** @param resolve makes a relative address whole where the document says how */
    public StyleAddresses(Report report, RemoteImages images, UnaryOperator<String> resolve) {
        this.report = report;
        this.images = images;
        this.resolve = resolve;
    }

    /** Says whether what comes now is of an element that nobody can see. */
    void setUnseen(boolean nobodySees) {
        unseen = nobodySees;
    }

    @Override
    public @Nullable String resolve(String address) {
        String clean = RemoteUrl.clean(address);
        if (images.isOwn(clean)) {
            return clean;
        }
        if ("data".equals(RemoteUrl.schemeOf(clean))) {
            return DataImage.rewritten(clean);
        }
        RemoteUrl url = RemoteUrl.of(resolve.apply(clean));
        if (url == null) {
            return null;
        }
        String own = report.vendorOf(url) == null ? images.addressOf(url) : null;
        report.remote(url, RemoteKind.IMAGE, false, own != null);
        return own;
    }

    @Override
    public void leftOut(String address, Place place) {
        RemoteUrl url = RemoteUrl.of(resolve.apply(RemoteUrl.clean(address)));
        if (url != null) {
            RemoteKind kind =
                    switch (place) {
                        case IMAGE -> RemoteKind.IMAGE;
                        case FONT -> RemoteKind.FONT;
                        case STYLE_SHEET -> RemoteKind.CSS;
                    };
            report.remote(url, kind, unseen, false);
        }
    }

    @Override
    public void removed(String construct, int times) {
        report.removed(construct, times);
    }
}
