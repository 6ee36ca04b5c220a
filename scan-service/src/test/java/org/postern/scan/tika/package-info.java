@NullMarked
package org.postern.scan.tika;

import org.jspecify.annotations.NullMarked;
