/** What an access token must be, before and after its signature is checked. */
@NullMarked
package org.postern.gateway.token;

import org.jspecify.annotations.NullMarked;
