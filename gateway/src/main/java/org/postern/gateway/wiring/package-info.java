/** Puts the parts together. */
@NullMarked
package org.postern.gateway.wiring;

import org.jspecify.annotations.NullMarked;
