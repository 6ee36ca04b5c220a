/** Cookies whose content nobody can read or make but the door. */
@NullMarked
package org.postern.gateway.cookie;

import org.jspecify.annotations.NullMarked;
