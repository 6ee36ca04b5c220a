/** Raster images with the platform's own codecs. */
@NullMarked
package org.postern.render.imageio;

import org.jspecify.annotations.NullMarked;
