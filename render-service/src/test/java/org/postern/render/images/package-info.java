/** Tests of the image proxy. */
@NullMarked
package org.postern.render.images;

import org.jspecify.annotations.NullMarked;
