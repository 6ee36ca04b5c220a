/** Errors as a client sees them: problem documents (RFC 9457). */
@NullMarked
package org.postern.edge.problem;

import org.jspecify.annotations.NullMarked;
