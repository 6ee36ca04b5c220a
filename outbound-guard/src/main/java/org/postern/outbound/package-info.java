@NullMarked
package org.postern.outbound;

import org.jspecify.annotations.NullMarked;
