/** Types by content, by Apache Tika. */
@NullMarked
package org.postern.scan.tika;

import org.jspecify.annotations.NullMarked;
