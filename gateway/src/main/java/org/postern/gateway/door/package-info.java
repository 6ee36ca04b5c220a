/** Where every request comes in: matched, limited, admitted, and passed on or answered. */
@NullMarked
package org.postern.gateway.door;

import org.jspecify.annotations.NullMarked;
