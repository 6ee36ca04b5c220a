@NullMarked
package org.postern.gateway.limit;

import org.jspecify.annotations.NullMarked;
