package org.postern.render.owasp;

import java.util.List;
import org.postern.mime.InlineImage;
import org.postern.render.RenderingBudget;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.Trackers;

/**
 * What one sanitising has at hand.
 *
 * @param images for references by {@code cid:}
 * @param remote what becomes of remote images
 * @param trackers what is never fetched
 */
record Work(List<InlineImage> images, RemoteImages remote, Trackers trackers, RenderingBudget budget) {}
