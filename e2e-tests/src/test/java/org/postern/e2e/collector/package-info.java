/** A collector of traces, which the suite tells its own to. */
@NullMarked
package org.postern.e2e.collector;

import org.jspecify.annotations.NullMarked;
