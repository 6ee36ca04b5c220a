@NullMarked
package org.postern.outbound.vertx;

import org.jspecify.annotations.NullMarked;
