package org.postern.render.preview;

import java.io.IOException;
import java.io.InputStream;
import org.postern.render.RenderMessage;
import org.postern.render.ViewPage;
import org.postern.render.images.ImageMaker;
import org.postern.render.images.ImageRefusedException;
import org.postern.render.images.SafeImage;
import org.postern.render.remote.RemoteImages;

/**
 * Makes a picture of a mail as its reader would see it, with nothing that is remote. What showed it had to do with a page
 * that a stranger wrote: the picture is taken for as hostile as any other, and made anew.
 */
public final class PreviewMessage {
    private final RenderMessage renderMessage;
    private final Screenshots screenshots;
    private final ImageMaker images;

    public PreviewMessage(RenderMessage renderMessage, Screenshots screenshots, ImageMaker images) {
        this.renderMessage = renderMessage;
        this.screenshots = screenshots;
        this.images = images;
    }

    /**
     * The picture of a mail.
     *
     * @param mail the raw mail, read to its end
     * @throws PreviewException where there is no picture now
     * @throws org.postern.mime.UnreadableMailException where it is not a mail, or is beyond the limits
     * @throws org.postern.render.RenderingException where it takes too long to render
     * @throws IOException where the stream cannot be read: its exception, unchanged
     */
    public SafeImage of(InputStream mail, PreviewSize size) throws IOException, PreviewException, InterruptedException {
        byte[] page = ViewPage.of(renderMessage.mail(mail, RemoteImages.blocked()));
        try {
            return images.make(screenshots.of(page, size));
        } catch (ImageRefusedException e) {
            throw new PreviewException(PreviewException.Reason.FAILED, e);
        }
    }
}
