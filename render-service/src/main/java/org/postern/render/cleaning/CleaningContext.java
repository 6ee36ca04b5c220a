package org.postern.render.cleaning;

import java.util.List;
import java.util.function.UnaryOperator;
import org.postern.render.CarriedImage;
import org.postern.render.RenderingBudget;
import org.postern.render.css.KnownStyles;
import org.postern.render.css.OwnStyles;
import org.postern.render.remote.Redirectors;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.Trackers;

/**
 * What is given to the cleaning of one tree. A mail may be cleaned several times: what only {@code first} says differs then.
 *
 * @param images for references by {@code cid:}
 * @param remote what becomes of remote images
 * @param trackers what is never fetched
 * @param redirectors whose links say where they lead in the end
 * @param styles what was written of styles
 * @param known styles of any mail
 * @param writing how the policy writes an address
 * @param first whether it is the first time, whose report counts
 */
public record CleaningContext(
        List<CarriedImage> images,
        RemoteImages remote,
        Trackers trackers,
        Redirectors redirectors,
        OwnStyles styles,
        KnownStyles known,
        UnaryOperator<String> writing,
        boolean first,
        RenderingBudget budget) {}
