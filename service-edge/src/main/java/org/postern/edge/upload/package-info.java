/** The body of a request, read no further than its limit. */
@NullMarked
package org.postern.edge.upload;

import org.jspecify.annotations.NullMarked;
