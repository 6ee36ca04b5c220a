package org.postern.render;

import java.time.Duration;
import org.postern.mime.Limits;

/**
 * How much is rendered.
 *
 * @param message bytes of a whole mail
 * @param html bytes of HTML, and of all text of a mail
 * @param time for one rendering, without reading it
 * @param concurrency renderings at once; more wait
 */
public record RenderLimits(long message, int html, Duration time, int concurrency) {
    public RenderLimits {
        if (message < 1 || html < 1 || time.isNegative() || time.isZero() || concurrency < 1) {
            throw new IllegalArgumentException("limits of rendering must be positive");
        }
    }

    Limits mime() {
        return Limits.defaults().withText(html);
    }
}
