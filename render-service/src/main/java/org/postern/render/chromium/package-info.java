/** Pictures of pages by Chromium, in a sandbox. */
@NullMarked
package org.postern.render.chromium;

import org.jspecify.annotations.NullMarked;
