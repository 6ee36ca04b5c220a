/** Renditions in a real browser. */
@NullMarked
package org.postern.render.browser;

import org.jspecify.annotations.NullMarked;
