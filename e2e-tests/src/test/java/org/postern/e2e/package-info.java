/**
 * The whole suite, driven through the gateway: each room looks at one thing that it does. {@code suite} starts it, once for
 * all.
 */
@NullMarked
package org.postern.e2e;

import org.jspecify.annotations.NullMarked;
