@NullMarked
package org.postern.gateway.trace;

import org.jspecify.annotations.NullMarked;
