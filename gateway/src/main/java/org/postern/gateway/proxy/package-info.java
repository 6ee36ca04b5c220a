/** The door itself, on the Vert.x router. */
@NullMarked
package org.postern.gateway.proxy;

import org.jspecify.annotations.NullMarked;
