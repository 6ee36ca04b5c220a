package org.postern.render.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.postern.render.RenderMessage;
import org.postern.render.chromium.SandboxedChromium;
import org.postern.render.config.PreviewConfig;
import org.postern.render.imageio.RasterImages;
import org.postern.render.preview.PreviewMessage;
import org.postern.render.preview.PreviewSize;
import org.postern.render.preview.Screenshots;

/** Puts the previews together, where they are wanted. */
@ApplicationScoped
public class PreviewBeans {
    private static final long MOST_PIXELS = (long) PreviewSize.WIDEST * PreviewSize.HIGHEST;

    @Produces
    @Singleton
    PreviewMessage previewMessage(RenderMessage renderMessage, PreviewConfig config) {
        Screenshots screenshots = config.enabled()
                ? new SandboxedChromium(
                        config.bubblewrap(), config.chromium(), config.timeLimit(), config.concurrency())
                : Screenshots.off();
        return new PreviewMessage(renderMessage, screenshots, new RasterImages(MOST_PIXELS, 1));
    }
}
