/** Where the parts are put together. */
@NullMarked
package org.postern.scan.wiring;

import org.jspecify.annotations.NullMarked;
