/** References to what a mail would fetch. */
@NullMarked
package org.postern.render.remote;

import org.jspecify.annotations.NullMarked;
