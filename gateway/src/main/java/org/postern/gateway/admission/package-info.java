/** Whether a caller may make a call: by a bearer token, or by the session of a browser. */
@NullMarked
package org.postern.gateway.admission;

import org.jspecify.annotations.NullMarked;
