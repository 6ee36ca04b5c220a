/** Cleans HTML and passes it through the OWASP sanitizer last. */
@NullMarked
package org.postern.render.owasp;

import org.jspecify.annotations.NullMarked;
