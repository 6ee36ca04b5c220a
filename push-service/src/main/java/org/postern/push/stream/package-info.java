/** Clients that listen right now. */
@NullMarked
package org.postern.push.stream;

import org.jspecify.annotations.NullMarked;
