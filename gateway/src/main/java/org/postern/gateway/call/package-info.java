/** The calls that the door answers itself. */
@NullMarked
package org.postern.gateway.call;

import org.jspecify.annotations.NullMarked;
