/** Pictures by the real Chromium. */
@NullMarked
package org.postern.render.chromium;

import org.jspecify.annotations.NullMarked;
