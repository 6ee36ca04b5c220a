/** Tokens that are good no longer although they have not expired. */
@NullMarked
package org.postern.edge.revocation;

import org.jspecify.annotations.NullMarked;
