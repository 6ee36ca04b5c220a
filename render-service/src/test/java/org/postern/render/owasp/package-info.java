/** Tests of the sanitizer. */
@NullMarked
package org.postern.render.owasp;

import org.jspecify.annotations.NullMarked;
