/** Where the parts are put together. */
@NullMarked
package org.postern.render.wiring;

import org.jspecify.annotations.NullMarked;
