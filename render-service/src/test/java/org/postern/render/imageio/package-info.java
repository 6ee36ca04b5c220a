/** Tests of the image proxy. */
@NullMarked
package org.postern.render.imageio;

import org.jspecify.annotations.NullMarked;
