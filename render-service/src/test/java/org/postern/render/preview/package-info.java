/** A rendition as a picture. */
@NullMarked
package org.postern.render.preview;

import org.jspecify.annotations.NullMarked;
