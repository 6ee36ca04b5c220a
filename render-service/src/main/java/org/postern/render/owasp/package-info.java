/** Cleans HTML with jsoup and the OWASP sanitizer, which everything passes last. */
@NullMarked
package org.postern.render.owasp;

import org.jspecify.annotations.NullMarked;
