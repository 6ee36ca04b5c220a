/** The only place that knows everything: the beans and the sweeps. */
@NullMarked
package org.postern.message.wiring;

import org.jspecify.annotations.NullMarked;
