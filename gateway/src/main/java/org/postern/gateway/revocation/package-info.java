/** How tokens cease to be good before they expire. */
@NullMarked
package org.postern.gateway.revocation;

import org.jspecify.annotations.NullMarked;
