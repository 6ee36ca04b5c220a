/** Renditions that are kept for whoever asks for the same again. */
@NullMarked
package org.postern.render.kept;

import org.jspecify.annotations.NullMarked;
