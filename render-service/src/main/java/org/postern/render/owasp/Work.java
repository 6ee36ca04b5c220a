package org.postern.render.owasp;

import java.util.List;
import org.postern.render.CarriedImage;
import org.postern.render.RenderingBudget;
import org.postern.render.css.KnownStyles;
import org.postern.render.css.OwnStyles;
import org.postern.render.remote.Redirectors;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.Trackers;

/**
 * What one sanitising has at hand.
 *
 * @param images for references by {@code cid:}
 * @param remote what becomes of remote images
 * @param trackers what is never fetched
 * @param redirectors whose links say where they lead in the end
 * @param styles what was written of styles
 * @param known styles of any mail
 * @param first whether it is the first time, whose report counts
 */
record Work(
        List<CarriedImage> images,
        RemoteImages remote,
        Trackers trackers,
        Redirectors redirectors,
        OwnStyles styles,
        KnownStyles known,
        boolean first,
        RenderingBudget budget) {}
