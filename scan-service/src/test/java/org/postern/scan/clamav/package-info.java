@NullMarked
package org.postern.scan.clamav;

import org.jspecify.annotations.NullMarked;
