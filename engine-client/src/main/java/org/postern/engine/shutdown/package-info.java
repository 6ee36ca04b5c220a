/** Pauses that end with the service. */
@NullMarked
package org.postern.engine.shutdown;

import org.jspecify.annotations.NullMarked;
