/** The only place that knows everything: the beans and the loops. */
@NullMarked
package org.postern.push.wiring;

import org.jspecify.annotations.NullMarked;
