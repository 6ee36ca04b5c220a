/** The whole suite, started by its own script, driven through the gateway. */
@NullMarked
package org.postern.e2e;

import org.jspecify.annotations.NullMarked;
