package org.postern.render.kept;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.postern.render.RenderMessage;
import org.postern.render.Rendition;
import org.postern.render.remote.RemoteImages;

/**
 * Renders what was not rendered before, and otherwise gives what was made then: byte for byte what would be made now. The
 * original is read to its end each time, so that nobody sees a rendition who cannot read that.
 */
public final class RenderOnce {
    private static final int MARK_BYTES = 16;

    private final RenderMessage renderMessage;
    private final RenditionCache cache;
    private final int smallest;
    private final int largest;
    private final RandomGenerator random;

    /**
     * @param smallest bytes of an original that is looked for: what is smaller is rendered sooner than found
     * @param largest bytes of an original that is looked for: so much of each is in memory
     */
    public RenderOnce(RenderMessage renderMessage, RenditionCache cache, int smallest, int largest) {
        this.renderMessage = renderMessage;
        this.cache = cache;
        this.smallest = smallest;
        this.largest = largest;
        this.random = new SecureRandom();
    }

    /**
     * The rendition of a mail.
     *
     * @param mail the raw mail, read to its end
     * @throws org.postern.mime.UnreadableMailException where it is not a mail, or is beyond the limits
     * @throws org.postern.render.RenderingException where it takes too long
     * @throws IOException where the stream cannot be read: its exception, unchanged
     */
    public Rendition mail(InputStream mail, Wanted wanted) throws IOException {
        return once(mail, "mail", wanted, renderMessage::mail);
    }

    /**
     * The rendition of HTML.
     *
     * @param charset the charset it is said to be in
     * @throws org.postern.render.RenderingException where it is too large or takes too long
     */
    public Rendition html(InputStream html, @Nullable String charset, Wanted wanted) throws IOException {
        return once(html, "html\0" + charset, wanted, (in, images) -> renderMessage.html(in, charset, images));
    }

    @FunctionalInterface
    private interface Rendering {
        Rendition of(InputStream original, RemoteImages images) throws IOException;
    }

    private Rendition once(InputStream in, String form, Wanted wanted, Rendering rendering) throws IOException {
        byte[] bytes = in.readNBytes(largest + 1);
        if (bytes.length < smallest || bytes.length > largest) {
            InputStream all = new SequenceInputStream(new ByteArrayInputStream(bytes), in);
            return rendering.of(all, wanted.images());
        }
        Original original = new Original(wanted.tenant(), form + '\0' + wanted.shape(), bytes);
        Optional<Rendition> found = cache.find(original).flatMap(kept -> kept.with(wanted.images()));
        if (found.isPresent()) {
            return found.get();
        }
        String mark = mark();
        StandIns standIns = new StandIns(wanted.images(), mark);
        Rendition made = rendering.of(new ByteArrayInputStream(bytes), standIns);
        KeptRendition kept = new KeptRendition(made, mark, standIns.shown());
        // What was too slow for once may be quick enough another time.
        if (!made.isShownAsText()) {
            cache.keep(original, kept);
        }
        return kept.with(wanted.images())
                .orElseThrow(() -> new IllegalStateException("an image that had an address has none"));
    }

    private String mark() {
        byte[] bytes = new byte[MARK_BYTES];
        random.nextBytes(bytes);
        return "held-" + HexFormat.of().formatHex(bytes) + '-';
    }
}
