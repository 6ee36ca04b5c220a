/** Which request goes where, and who may make it. Pure. */
@NullMarked
package org.postern.gateway.route;

import org.jspecify.annotations.NullMarked;
