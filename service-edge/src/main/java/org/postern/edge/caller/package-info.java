/** Who calls, as the access token says. */
@NullMarked
package org.postern.edge.caller;

import org.jspecify.annotations.NullMarked;
