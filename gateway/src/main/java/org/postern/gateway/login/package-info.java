/** Login of browsers: what is remembered of it, sealed, in the browser alone. */
@NullMarked
package org.postern.gateway.login;

import org.jspecify.annotations.NullMarked;
