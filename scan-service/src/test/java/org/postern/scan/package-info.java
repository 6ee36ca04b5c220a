@NullMarked
package org.postern.scan;

import org.jspecify.annotations.NullMarked;
