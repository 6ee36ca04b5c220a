/** Tests of the rendering. */
@NullMarked
package org.postern.render;

import org.jspecify.annotations.NullMarked;
