/** How much a caller may ask for. */
@NullMarked
package org.postern.gateway.limit;

import org.jspecify.annotations.NullMarked;
