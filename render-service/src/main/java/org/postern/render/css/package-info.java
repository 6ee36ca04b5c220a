/** CSS understood as browsers understand it, and written anew from an allow-list. */
@NullMarked
package org.postern.render.css;

import org.jspecify.annotations.NullMarked;
