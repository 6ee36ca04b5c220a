package org.postern.render.kept;

import java.util.Optional;

/**
 * Keeps renditions for another time. What is kept can be read by nobody who has not the original: it is gone with the last
 * copy of that. What cannot be kept or found is rendered anew: it never fails.
 */
public interface RenditionCache {
    /** What was kept of an original under the rules that hold now, or nothing. */
    Optional<KeptRendition> find(Original original);

    /** Keeps the rendition of an original. */
    void keep(Original original, KeptRendition rendition);
}
