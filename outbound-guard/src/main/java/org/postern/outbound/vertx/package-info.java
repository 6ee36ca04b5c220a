/** Requests of Vert.x to what the guard has checked. Whoever uses it brings Vert.x along. */
@NullMarked
package org.postern.outbound.vertx;

import org.jspecify.annotations.NullMarked;
