/** Passes on what was let in, and the answer back, as streams. */
@NullMarked
package org.postern.gateway.proxy;

import org.jspecify.annotations.NullMarked;
