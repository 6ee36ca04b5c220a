/** PDF. */
@NullMarked
package org.postern.scan.pdf;

import org.jspecify.annotations.NullMarked;
