/** Where the parts are put together. */
@NullMarked
package org.postern.spam.wiring;

import org.jspecify.annotations.NullMarked;
